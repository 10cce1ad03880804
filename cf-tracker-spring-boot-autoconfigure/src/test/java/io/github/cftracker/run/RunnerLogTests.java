package io.github.cftracker.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.Planners;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A ledger that fails for some time is logged when it begins to, and when it ends to.
 */
class RunnerLogTests {

	private final LoggedEvents log = new LoggedEvents();

	private final MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final AtomicInteger asked = new AtomicInteger();

	private volatile @Nullable RuntimeException failure;

	private volatile @Nullable RuntimeException failureOfRuns;

	private final Runner runner = new Runner(new RunContext(ledger(), new ScriptedClient(), () -> {
	}, InvalidatorContractTests.settings(1000, Duration.ofSeconds(30), Duration.ofHours(6)), Planners.exact(this.store),
			new RunObserver() {
			}));

	@AfterEach
	void close() {
		this.runner.stop();
		this.log.close();
	}

	@Test
	void logsOnceThatTheStoreIsAwayAndOnceThatItIsBack() {
		this.failure = new StoreUnavailableException("Redis did not answer: a\nb", null);
		this.runner.start(() -> {
		});
		askTimes(3);
		assertThat(this.log.at(Level.WARN))
			.containsExactly("Runs are waiting for the store: Redis did not answer: a b");
		assertThat(this.log.at(Level.INFO)).isEmpty();
		this.failure = null;
		askTimes(3);
		assertThat(this.log.at(Level.INFO)).containsExactly("The store is available again");
		assertThat(this.log.at(Level.WARN)).hasSize(1);
		this.failure = new StoreUnavailableException("away again", null);
		askTimes(3);
		assertThat(this.log.at(Level.WARN)).hasSize(2);
	}

	@Test
	void logsOneErrorForWhatFailsAgainAndAgain() {
		this.failure = new IllegalStateException("broken");
		this.runner.start(() -> {
		});
		askTimes(3);
		assertThat(this.log.at(Level.ERROR))
			.containsExactly("Could not process runs: java.lang.IllegalStateException: broken. Retrying every PT0.1S");
		this.failure = null;
		askTimes(3);
		assertThat(this.log.at(Level.INFO)).containsExactly("Processing runs again");
		assertThat(this.log.at(Level.ERROR)).hasSize(1);
	}

	@Test
	void logsNoRecoveryWhileTheStoreFailsInTheMiddleOfRuns() {
		this.failureOfRuns = new StoreUnavailableException("Redis did not answer", null);
		this.runner.start(() -> {
		});
		askTimes(4);
		assertThat(this.log.at(Level.WARN)).containsExactly("Runs are waiting for the store: Redis did not answer");
		assertThat(this.log.at(Level.INFO)).isEmpty();
		this.failureOfRuns = null;
		askTimes(3);
		assertThat(this.log.at(Level.INFO)).containsExactly("The store is available again");
	}

	private void askTimes(int times) {
		int before = this.asked.get();
		Awaitility.await().until(() -> {
			this.runner.wake();
			return this.asked.get() >= before + times;
		});
	}

	private RunLedger ledger() {
		RunLedger ledger = new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				Clock.systemUTC());
		return proxy(RunLedger.class, (method, args) -> {
			if (method.getName().equals("status")) {
				this.asked.incrementAndGet();
				throwIfSet(this.failure);
				return (this.failureOfRuns != null) ? new LedgerStatus(true, 0, null) : ledger.status();
			}
			Object result = invoke(ledger, method, args);
			return (result instanceof Lease lease) ? failing(lease) : result;
		});
	}

	private Lease failing(Lease lease) {
		return proxy(Lease.class, (method, args) -> {
			if (method.getName().equals("unfinished")) {
				throwIfSet(this.failureOfRuns);
			}
			return invoke(lease, method, args);
		});
	}

	private static void throwIfSet(@Nullable RuntimeException failure) {
		if (failure != null) {
			throw failure;
		}
	}

	private static @Nullable Object invoke(Object target, Method method, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private <T> T proxy(Class<T> type, Call call) {
		return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
				(proxy, method, args) -> call.of(method, args)));
	}

	@FunctionalInterface
	private interface Call {

		@Nullable Object of(Method method, Object[] args) throws Throwable;

	}

}
