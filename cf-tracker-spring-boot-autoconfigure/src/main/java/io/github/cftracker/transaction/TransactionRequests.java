package io.github.cftracker.transaction;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.InvalidationRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Requests of one transaction, in layers: one for each savepoint, because a rollback to
 * it revokes the requests since.
 */
final class TransactionRequests implements TransactionSynchronization {

	// Released savepoints are not announced, so their layers stay
	private static final int MAX_LAYERS = 1_000;

	private final Object key;

	private final RequestDelivery delivery;

	private final List<Layer> layers = new ArrayList<>();

	private boolean missesLayers;

	TransactionRequests(Object key, RequestDelivery delivery) {
		this.key = key;
		this.delivery = delivery;
		this.layers.add(new Layer(null));
	}

	void add(InvalidationRequest request) {
		this.layers.get(this.layers.size() - 1).requests().add(request);
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.key);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.key, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		if (this.layers.size() < MAX_LAYERS) {
			this.layers.add(new Layer(savepoint));
		}
		else {
			this.missesLayers = true;
		}
	}

	@Override
	public void savepointRollback(Object savepoint) {
		int first = this.layers.size() - 1;
		while (first > 0 && this.layers.get(first).savepoint() != savepoint) {
			first--;
		}
		if (first > 0) {
			this.layers.subList(first, this.layers.size()).clear();
			this.layers.add(new Layer(savepoint));
		}
		else if (!this.missesLayers) {
			// Older than the first request. A savepoint without a layer revokes nothing:
			// too much is better than too little
			this.layers.clear();
			this.layers.add(new Layer(null));
		}
	}

	/**
	 * Deliver the union, unless the transaction is known to be rolled back.
	 * {@code afterCommit} is skipped if that of another synchronization has thrown, and
	 * is called too early within an outer JTA transaction.
	 */
	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
		if (status != STATUS_ROLLED_BACK) {
			RequestUnion union = new RequestUnion(InvalidationRequest.MAX_VALUES);
			this.layers.forEach((layer) -> union.addAll(layer.requests()));
			InvalidationRequest request = union.toRequest();
			if (request != null) {
				this.delivery.accept(request);
			}
		}
	}

	private record Layer(@Nullable Object savepoint, RequestUnion requests) {

		private Layer(@Nullable Object savepoint) {
			this(savepoint, new RequestUnion(InvalidationRequest.MAX_VALUES));
		}

	}

}
