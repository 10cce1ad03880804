package io.github.cftracker.transaction;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.run.RunPlanner;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Invalidator that holds requests back until the transaction of the thread has committed,
 * and then delivers their union. Without a transaction it delivers them immediately; a
 * transaction manager that does not synchronize has none.
 */
public class TransactionalInvalidator extends CheckedInvalidator {

	/**
	 * Create an invalidator.
	 * @param delivery accepts requests
	 * @param planner checks what is selected
	 */
	public TransactionalInvalidator(ObjectProvider<AfterCommitDelivery> delivery, ObjectProvider<RunPlanner> planner) {
		super(delivery, planner);
	}

	@Override
	void deliver(InvalidationRequest request, AfterCommitDelivery delivery) {
		// There may be synchronization without a transaction, and a transaction that has
		// ended and is still bound to the thread
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()) {
			ofTransaction(delivery).add(request);
		}
		else {
			super.deliver(request, delivery);
		}
	}

	private TransactionRequests ofTransaction(AfterCommitDelivery delivery) {
		if (TransactionSynchronizationManager.getResource(this) instanceof TransactionRequests requests) {
			return requests;
		}
		TransactionRequests requests = new TransactionRequests(this, delivery);
		TransactionSynchronizationManager.registerSynchronization(requests);
		TransactionSynchronizationManager.bindResource(this, requests);
		return requests;
	}

}
