package io.github.cftracker.transaction;

import io.github.cftracker.InvalidationRequest;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Delivery that holds requests back until the transaction of the thread has committed,
 * and then passes on their union. Without a transaction it passes them on immediately; a
 * transaction manager that does not synchronize has none.
 */
public final class TransactionalDelivery implements RequestDelivery {

	private final RequestDelivery delivery;

	/**
	 * Create a delivery.
	 * @param delivery accepts requests after the commit
	 */
	public TransactionalDelivery(RequestDelivery delivery) {
		this.delivery = delivery;
	}

	@Override
	public void accept(InvalidationRequest request) {
		// There may be synchronization without a transaction, and a transaction that has
		// ended and is still bound to the thread
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
