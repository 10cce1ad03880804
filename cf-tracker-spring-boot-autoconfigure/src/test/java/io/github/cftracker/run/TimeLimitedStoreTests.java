package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.NewThreads;
import io.github.cftracker.testing.Planners;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimeLimitedStoreTests {

	private final UrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final TimeLimitedStore guard = new TimeLimitedStore(this.store, Duration.ofMillis(300), 100);

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.end.countDown();
		this.callers.shutdownNow();
	}

	@Test
	void makesManyCallsAtOnce() {
		AtomicInteger calls = new AtomicInteger();
		List<CompletableFuture<Void>> results = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			results.add(CompletableFuture.runAsync(() -> this.guard.run(calls::incrementAndGet), this.callers));
		}
		CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
		assertThat(calls).hasValue(100);
	}

	@Test
	void neverMakesCallAfterItsTimeout() {
		block(8);
		AtomicInteger calls = new AtomicInteger();
		assertThatExceptionOfType(StoreBusyException.class).isThrownBy(() -> this.guard.run(calls::incrementAndGet))
			.withMessage("The memory store is busy: 8 calls are in progress and 0 are waiting, so this call was not "
					+ "made within PT0.3S");
		this.end.countDown();
		Awaitility.await().untilAsserted(() -> this.guard.run(() -> {
		}));
		assertThat(calls).hasValue(0);
	}

	@Test
	void reportsCallWithoutAnswer() {
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> this.guard.run(this::awaitEnd))
			.withMessage("The memory store did not answer within PT0.3S")
			.isNotInstanceOf(StoreBusyException.class);
	}

	@Test
	void rejectsCallAboveMaximum() {
		TimeLimitedStore small = new TimeLimitedStore(this.store, Duration.ofSeconds(20), 1);
		List<CompletableFuture<Void>> results = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			results.add(CompletableFuture.runAsync(() -> small.run(this::awaitEnd), this.callers));
		}
		assertThat(CompletableFuture.anyOf(results.toArray(CompletableFuture[]::new)))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(StoreBusyException.class)
			.withMessageEndingWith("so this call was not made");
	}

	@Test
	void slowCallsDoNotHoldUpOthers() {
		AtomicInteger running = new AtomicInteger();
		for (int i = 0; i < 20; i++) {
			this.callers.execute(() -> this.guard.callPatiently(() -> {
				running.incrementAndGet();
				awaitEnd();
				return true;
			}));
		}
		Awaitility.await().until(() -> running.get() == 2);
		assertThat(this.guard.count()).isZero();
	}

	@Test
	void rejectedRequestQueuesNothing() {
		MemoryRunLedger ledger = new MemoryRunLedger(this.store, 50, Duration.ZERO, PathPatterns.UNKNOWN,
				Clock.systemUTC());
		QueuedInvalidator invalidator = new QueuedInvalidator(new RunContext(ledger, new ScriptedClient(), () -> {
		}, InvalidatorContractTests.SETTINGS, Planners.exact(this.store), RunObserver.of(List.of())), this.guard);
		invalidator.start();
		try {
			block(8);
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> invalidator.invalidate(InvalidationRequest.ofPaths("/a")))
				.withMessageStartingWith("The memory store is busy")
				.withMessageEndingWith("Nothing was requested");
			this.end.countDown();
			assertThat(ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		}
		finally {
			invalidator.stop();
		}
	}

	@Test
	void closeEndsThreadsAndWaitingCalls() {
		NewThreads threads = new NewThreads();
		TimeLimitedStore guard = new TimeLimitedStore(this.store, Duration.ofMinutes(1), 100);
		AtomicInteger begun = new AtomicInteger();
		List<CompletableFuture<Void>> results = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			results.add(CompletableFuture.runAsync(() -> guard.run(() -> {
				begun.incrementAndGet();
				awaitInterrupt();
			}), this.callers));
		}
		Awaitility.await().until(() -> begun.get() == 8);
		guard.close();
		assertThat(threads.names()).noneMatch((name) -> name.startsWith("cf-tracker-"));
		Awaitility.await().until(() -> results.stream().allMatch(CompletableFuture::isDone));
		assertThat(begun).hasValue(8);
		assertThat(results.stream().map(TimeLimitedStoreTests::failure))
			.allMatch(StoreUnavailableException.class::isInstance)
			.filteredOn(StoreBusyException.class::isInstance)
			.singleElement()
			.extracting(Throwable::getMessage)
			.isEqualTo("The application is stopping, so this call of the memory store was not made");
		assertThatExceptionOfType(StoreBusyException.class).isThrownBy(guard::count)
			.withMessage("The application is stopping, so this call of the memory store was not made");
	}

	private static Throwable failure(CompletableFuture<?> result) {
		return result.handle((ignored, ex) -> ex.getCause()).join();
	}

	private void awaitInterrupt() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void block(int calls) {
		AtomicInteger running = new AtomicInteger();
		for (int i = 0; i < calls; i++) {
			this.callers.execute(() -> this.guard.run(() -> {
				running.incrementAndGet();
				awaitEnd();
			}));
		}
		Awaitility.await().until(() -> running.get() == calls);
	}

	private void awaitEnd() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
