package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;

/**
 * The store for those who have somebody waiting: it is called on threads of ours, and
 * whoever asks waits for five seconds at the most. A connection that the application made
 * may hang for a minute.
 */
public final class StoreGuard {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LONG_PATIENCE = Duration.ofMinutes(1);

	private static final int MAX_THREADS = 8;

	private final UrlStore store;

	private final AtomicInteger threads = new AtomicInteger();

	private final Executor executor = new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS,
			new SynchronousQueue<>(), (task) -> {
				Thread thread = new Thread(task, "cf-tracker-store-call-" + this.threads.incrementAndGet());
				thread.setDaemon(true);
				return thread;
			});

	/**
	 * Create a guard.
	 * @param store the store to call
	 */
	public StoreGuard(UrlStore store) {
		this.store = store;
	}

	/**
	 * Runs something that may wait for the store.
	 * @param action what to run
	 * @throws StoreUnavailableException if it does not end in time
	 */
	public void run(Runnable action) {
		call(() -> {
			action.run();
			return true;
		});
	}

	/**
	 * Asks something that may wait for the store.
	 * @param action what to ask
	 * @param <T> the type of the answer
	 * @return the answer
	 * @throws StoreUnavailableException if it does not come in time
	 */
	public <T> T call(Supplier<T> action) {
		return call(action, PATIENCE);
	}

	/**
	 * Asks something that reads all tracked paths.
	 * @param action what to ask
	 * @param <T> the type of the answer
	 * @return the answer
	 * @throws StoreUnavailableException if the store does not answer, or takes more than
	 * a minute
	 */
	public <T> T callPatiently(Supplier<T> action) {
		// Soon, where the store is away
		count();
		return call(action, LONG_PATIENCE);
	}

	private <T> T call(Supplier<T> action, Duration patience) {
		FutureTask<T> task = new FutureTask<>(action::get);
		try {
			this.executor.execute(task);
			return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | RejectedExecutionException ex) {
			throw new StoreUnavailableException(
					"The %s store did not answer within %s".formatted(this.store.name(), patience), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreUnavailableException("Interrupted while waiting for the store", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof StoreUnavailableException unavailable) {
				throw unavailable;
			}
			if (ex.getCause() instanceof RejectedExecutionException rejected) {
				throw rejected;
			}
			throw new StoreUnavailableException("The store failed: " + ex.getCause(), ex);
		}
	}

	/**
	 * Counts the tracked paths.
	 * @return how many there are
	 */
	public long count() {
		return call(this.store::count);
	}

	/**
	 * Lists tracked paths.
	 * @param prefix what they begin with
	 * @param limit how many at the most
	 * @return the paths
	 */
	public List<TrackedPath> scan(String prefix, int limit) {
		return call(() -> this.store.scan(prefix, limit));
	}

	/**
	 * Stops tracking paths.
	 * @param paths the paths
	 */
	public void untrack(Collection<String> paths) {
		run(() -> this.store.untrack(paths));
	}

	/**
	 * The store's name.
	 * @return the name
	 */
	public String name() {
		return this.store.name();
	}

}
