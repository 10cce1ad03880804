package io.github.cftracker.run;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryUrlStore;

/**
 * Custom store of an application, which runs an action before a named method of itself or
 * of its claims.
 */
final class OwnStore implements UrlStore {

	private final UrlStore delegate;

	volatile Consumer<String> before = (method) -> {
	};

	OwnStore() {
		this(new MemoryUrlStore(Clock.systemUTC()));
	}

	OwnStore(UrlStore delegate) {
		this.delegate = delegate;
	}

	OwnStore before(Consumer<String> before) {
		this.before = before;
		return this;
	}

	@Override
	public void track(Collection<PathLifetime> paths) {
		this.delegate.track(paths);
	}

	@Override
	public void expire(Collection<PathLifetime> paths) {
		this.delegate.expire(paths);
	}

	@Override
	public void untrack(Collection<String> paths) {
		this.delegate.untrack(paths);
	}

	@Override
	public long count() {
		this.before.accept("count");
		return this.delegate.count();
	}

	@Override
	public List<TrackedPath> scan(String prefix, int limit) {
		return this.delegate.scan(prefix, limit);
	}

	@Override
	public Claim claim(String id, Selection selection) {
		this.before.accept("claim");
		return new OwnClaim(this.delegate.claim(id, selection));
	}

	@Override
	public boolean keepsRoutesAndTags() {
		return this.delegate.keepsRoutesAndTags();
	}

	private final class OwnClaim implements Claim {

		private final Claim delegate;

		private OwnClaim(Claim delegate) {
			this.delegate = delegate;
		}

		@Override
		public long size() {
			return this.delegate.size();
		}

		@Override
		public List<TrackedPath> next(int max) {
			OwnStore.this.before.accept("next");
			return this.delegate.next(max);
		}

		@Override
		public void forget(Collection<String> paths) {
			OwnStore.this.before.accept("forget");
			this.delegate.forget(paths);
		}

		@Override
		public void giveBack(Collection<String> paths) {
			this.delegate.giveBack(paths);
		}

		@Override
		public void renew() {
			OwnStore.this.before.accept("renew");
			this.delegate.renew();
		}

		@Override
		public void close() {
			OwnStore.this.before.accept("close");
			this.delegate.close();
		}

	}

}
