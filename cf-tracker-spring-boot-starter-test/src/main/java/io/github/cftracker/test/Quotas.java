package io.github.cftracker.test;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The two regimes of quotas CloudFront is known to have had. A refused batch uses up
 * neither.
 */
final class Quotas {

	private ItemCount inProgress;

	private ItemCount perSecond;

	private boolean refusesCallsOverQuota;

	private TokenBucket items;

	private TokenBucket wildcards;

	Quotas(ItemCount inProgress, ItemCount perSecond, boolean refusesCallsOverQuota) {
		this.inProgress = inProgress;
		this.perSecond = perSecond;
		this.refusesCallsOverQuota = refusesCallsOverQuota;
		this.items = new TokenBucket(perSecond.items());
		this.wildcards = new TokenBucket(perSecond.wildcards());
	}

	static ItemCount inProgress(int items, int wildcards) {
		return ItemCount.quota(items, wildcards, 0);
	}

	static ItemCount perSecond(int items, int wildcards) {
		return ItemCount.quota(items, wildcards, 1);
	}

	synchronized void inProgress(ItemCount quota) {
		this.inProgress = quota;
	}

	synchronized void perSecond(ItemCount quota) {
		this.perSecond = quota;
		refill();
	}

	synchronized void refuseCallsOverQuota(boolean refuses) {
		this.refusesCallsOverQuota = refuses;
	}

	synchronized void use(ItemCount batch, Supplier<ItemCount> inProgress, Instant now) {
		if (!this.inProgress.equals(ItemCount.UNLIMITED)) {
			checkInProgress(batch, inProgress.get().plus(batch));
		}
		if (this.refusesCallsOverQuota && batch.exceeds(this.perSecond)) {
			throw ApiException.throttling();
		}
		if (!this.items.allows(batch.items(), now) || !this.wildcards.allows(batch.wildcards(), now)) {
			throw ApiException.throttling();
		}
		this.items.take(batch.items(), now);
		this.wildcards.take(batch.wildcards(), now);
	}

	private void checkInProgress(ItemCount batch, ItemCount then) {
		// One kind over its quota, which may have shrunk, does not hold up the other
		if ((batch.items() > 0 && then.items() > this.inProgress.items())
				|| (batch.wildcards() > 0 && then.wildcards() > this.inProgress.wildcards())) {
			throw ApiException.tooManyInProgress();
		}
	}

	synchronized void refill() {
		this.items = new TokenBucket(this.perSecond.items());
		this.wildcards = new TokenBucket(this.perSecond.wildcards());
	}

}
