package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;

/**
 * Keeps the calls it gets, and fails or waits when told to.
 */
class FakeStore implements UrlStore {

	private static final Runnable ANSWER = () -> {
	};

	final List<Call> calls = new CopyOnWriteArrayList<>();

	final AtomicInteger attempts = new AtomicInteger();

	final AtomicInteger housekeepings = new AtomicInteger();

	final AtomicLong tracked = new AtomicLong();

	private volatile Runnable beforeAnswer = ANSWER;

	private volatile String refused = "";

	/**
	 * A call that was answered.
	 */
	record Call(String method, Map<String, Duration> paths, Map<String, Duration> ages, List<PathLifetime> written) {

		PathLifetime of(String path) {
			return this.written.stream().filter((one) -> one.path().equals(path)).findFirst().orElseThrow();
		}

	}

	void failsWith(String message) {
		onCall(() -> {
			throw new StoreUnavailableException(message, new IllegalStateException());
		});
	}

	void refuses(String path) {
		this.refused = path;
	}

	void answers() {
		onCall(ANSWER);
	}

	/**
	 * What happens in every call before it is answered.
	 * @param action the action
	 */
	void onCall(Runnable action) {
		this.beforeAnswer = action;
	}

	List<String> methods() {
		return this.calls.stream().map(Call::method).toList();
	}

	Call onlyCall() {
		if (this.calls.size() != 1) {
			throw new AssertionError("Expected one call: " + this.calls);
		}
		return this.calls.get(0);
	}

	@Override
	public void track(Collection<PathLifetime> paths) {
		call("track", paths);
	}

	@Override
	public void expire(Collection<PathLifetime> paths) {
		call("expire", paths);
	}

	@Override
	public void untrack(Collection<String> paths) {
		call("untrack", paths.stream().map((path) -> new PathLifetime(path, Duration.ZERO)).toList());
	}

	@Override
	public void removeExpired() {
		this.beforeAnswer.run();
		this.housekeepings.incrementAndGet();
	}

	@Override
	public String name() {
		return "fake";
	}

	@Override
	public long count() {
		this.beforeAnswer.run();
		return this.tracked.get();
	}

	@Override
	public List<TrackedPath> scan(String prefix, int limit) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Claim claim(String id, Selection selection) {
		throw new UnsupportedOperationException();
	}

	private void call(String method, Collection<PathLifetime> paths) {
		this.attempts.incrementAndGet();
		this.beforeAnswer.run();
		if (paths.stream().map(PathLifetime::path).anyMatch(this.refused::equals)) {
			throw new IllegalArgumentException("Refused");
		}
		Map<String, Duration> lifetimes = new LinkedHashMap<>();
		Map<String, Duration> ages = new LinkedHashMap<>();
		for (PathLifetime path : paths) {
			lifetimes.put(path.path(), path.lifetime());
			ages.put(path.path(), path.age());
		}
		this.calls.add(new Call(method, lifetimes, ages, List.copyOf(paths)));
	}

}
