package io.github.cftracker.transaction;

import java.util.function.Consumer;

import io.github.cftracker.InvalidationRequest;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds requests back until the transaction that is bound to the thread has committed,
 * and then passes their union on. Without a transaction they are passed on at once; a
 * transaction manager that does not synchronize has none.
 */
public final class AfterCommit implements Consumer<InvalidationRequest> {

	private final Consumer<InvalidationRequest> delivery;

	/**
	 * Create one that passes requests on.
	 * @param delivery takes what is committed; should not throw, because nobody hears
	 */
	public AfterCommit(Consumer<InvalidationRequest> delivery) {
		this.delivery = delivery;
	}

	@Override
	public void accept(InvalidationRequest request) {
		// There may be synchronization without a transaction, and a transaction that is
		// over, of which the thread is not cleared yet
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()) {
			ofTransaction().add(request);
		}
		else {
			this.delivery.accept(request);
		}
	}

	private TransactionRequests ofTransaction() {
		if (TransactionSynchronizationManager.getResource(this) instanceof TransactionRequests requests) {
			return requests;
		}
		TransactionRequests requests = new TransactionRequests(this, this.delivery);
		TransactionSynchronizationManager.registerSynchronization(requests);
		TransactionSynchronizationManager.bindResource(this, requests);
		return requests;
	}

}
