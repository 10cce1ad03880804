package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.thread.ThreadEnd;
import org.jspecify.annotations.Nullable;

/**
 * Access to the store for callers that must not hang. Each call is made on a thread of
 * the tracker. The caller waits at most five seconds until the call is made, and five
 * seconds for the answer. A connection of the application may otherwise hang for a
 * minute.
 * <p>
 * At most eight calls are made at once, and {@value #MAX_WAITING} may wait. A call that
 * is not made in time is never made, and fails with an exception that reports this.
 */
public final class TimeLimitedStore implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LONG_PATIENCE = Duration.ofMinutes(1);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

	private static final int MAX_THREADS = 8;

	private static final int MAX_PATIENT_THREADS = 2;

	private static final int MAX_WAITING = 1000;

	private final UrlStore store;

	private final Duration patience;

	private final AtomicInteger number = new AtomicInteger();

	private final Collection<Thread> threads = new ConcurrentLinkedQueue<>();

	private final ThreadPoolExecutor executor;

	/**
	 * Executor of slow calls, which must not hold up the others.
	 */
	private final ThreadPoolExecutor patientExecutor;

	/**
	 * Create a store with time limits.
	 * @param store the store to call
	 */
	public TimeLimitedStore(UrlStore store) {
		this(store, PATIENCE, MAX_WAITING);
	}

	TimeLimitedStore(UrlStore store, Duration patience, int maxWaiting) {
		this.store = store;
		this.patience = patience;
		this.executor = executor(MAX_THREADS, maxWaiting);
		this.patientExecutor = executor(MAX_PATIENT_THREADS, maxWaiting);
	}

	private ThreadPoolExecutor executor(int maxThreads, int maxWaiting) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(maxThreads, maxThreads, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(maxWaiting), this::thread);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private Thread thread(Runnable task) {
		Thread thread = new Thread(task, "cf-tracker-store-call-" + this.number.incrementAndGet());
		thread.setDaemon(true);
		this.threads.removeIf((former) -> former.getState() == Thread.State.TERMINATED);
		this.threads.add(thread);
		return thread;
	}

	/**
	 * Run an action that may wait for the store.
	 * @param action the action
	 * @throws StoreUnavailableException if it does not end in time
	 */
	public void run(Runnable action) {
		call(() -> {
			action.run();
			return true;
		});
	}

	/**
	 * Call a function that may wait for the store.
	 * @param action the function
	 * @param <T> the type of the result
	 * @return the result
	 * @throws StoreUnavailableException if it is not available in time
	 */
	public <T> T call(Supplier<T> action) {
		return call(action, this.patience, this.executor);
	}

	/**
	 * Call a function that reads all tracked paths.
	 * @param action the function
	 * @param <T> the type of the result
	 * @return the result
	 * @throws StoreUnavailableException if the store does not answer, or takes more than
	 * a minute
	 */
	public <T> T callPatiently(Supplier<T> action) {
		// Fails soon if the store is unavailable
		count();
		return call(action, LONG_PATIENCE, this.patientExecutor);
	}

	private <T> T call(Supplier<T> action, Duration patience, ThreadPoolExecutor executor) {
		Call<T> call = new Call<>(action);
		try {
			executor.execute(call);
			if (!call.begins(patience) && call.withdraw()) {
				executor.remove(call);
				throw busy("so this call was not made within " + patience, executor, null);
			}
			return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			if (executor.isShutdown()) {
				throw stopping();
			}
			throw busy("so this call was not made", executor, ex);
		}
		catch (TimeoutException ex) {
			throw new StoreUnavailableException(
					"The %s store did not answer within %s".formatted(this.store.name(), patience), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (call.withdraw()) {
				executor.remove(call);
				throw new StoreBusyException("Interrupted before the store was called", ex);
			}
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

	private StoreBusyException stopping() {
		return new StoreBusyException(
				"The application is stopping, so this call of the %s store was not made".formatted(this.store.name()),
				null);
	}

	private StoreBusyException busy(String consequence, ThreadPoolExecutor executor, @Nullable Exception cause) {
		return new StoreBusyException("The %s store is busy: %d calls are in progress and %d are waiting, %s"
			.formatted(this.store.name(), executor.getActiveCount(), executor.getQueue().size(), consequence), cause);
	}

	/**
	 * Return the number of tracked paths.
	 * @return the number
	 */
	public long count() {
		return call(this.store::count);
	}

	/**
	 * List tracked paths.
	 * @param prefix beginning of the paths
	 * @param limit maximum number of paths
	 * @return the paths
	 */
	public List<TrackedPath> scan(String prefix, int limit) {
		return call(() -> this.store.scan(prefix, limit));
	}

	/**
	 * Stop tracking paths.
	 * @param paths the paths
	 */
	public void untrack(Collection<String> paths) {
		run(() -> this.store.untrack(paths));
	}

	/**
	 * Return the store's name.
	 * @return the name
	 */
	public String name() {
		return this.store.name();
	}

	/**
	 * Reject further and waiting calls, interrupt current ones, and return when the
	 * threads have ended.
	 */
	@Override
	public void close() {
		Stream.of(this.executor, this.patientExecutor)
			.flatMap((executor) -> executor.shutdownNow().stream())
			.forEach((waiting) -> ((Call<?>) waiting).reject(stopping()));
		ThreadEnd.await(this.threads, SHUTDOWN_TIMEOUT);
	}

	/**
	 * Call that is either made or withdrawn.
	 */
	private static final class Call<T> extends FutureTask<T> {

		private final AtomicBoolean decided = new AtomicBoolean();

		private final CountDownLatch begun = new CountDownLatch(1);

		Call(Supplier<T> action) {
			super(action::get);
		}

		@Override
		public void run() {
			if (this.decided.compareAndSet(false, true)) {
				this.begun.countDown();
				super.run();
			}
		}

		/**
		 * Wait until the call is made.
		 * @return whether it is made in time
		 */
		boolean begins(Duration patience) throws InterruptedException {
			return this.begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
		}

		/**
		 * Withdraw the call, and end the wait for it.
		 */
		void reject(StoreUnavailableException reason) {
			if (withdraw()) {
				setException(reason);
				this.begun.countDown();
			}
		}

		/**
		 * Withdraw the call, so that it is never made.
		 * @return whether it was not begun
		 */
		boolean withdraw() {
			return this.decided.compareAndSet(false, true);
		}

	}

}
