package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.StoreUnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class StoreMonitorTests {

	private final AtomicInteger inspections = new AtomicInteger();

	private volatile Instant now = Instant.parse("2026-11-22T03:00:00Z");

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	private volatile StoreInspector inspector = () -> warning();

	private final StoreMonitor monitor = new StoreMonitor(() -> {
		this.inspections.incrementAndGet();
		return this.inspector.inspect();
	}, this.clock, Duration.ofMillis(10));

	@AfterEach
	void stop() {
		this.monitor.stop();
	}

	@Test
	void inspectsAtMostEveryFiveSeconds() {
		assertThat(this.monitor.condition()).isEqualTo(warning());
		this.inspector = () -> warning("a");
		this.now = this.now.plusMillis(4999);
		assertThat(this.monitor.condition()).isEqualTo(warning());
		assertThat(this.inspections).hasValue(1);
		this.now = this.now.plusMillis(1);
		assertThat(this.monitor.condition()).isEqualTo(warning("a"));
		assertThat(this.inspections).hasValue(2);
	}

	@Test
	void inspectsAgainAfterClockWasSetBack() {
		this.monitor.condition();
		this.now = this.now.minus(Duration.ofHours(1));
		this.monitor.condition();
		assertThat(this.inspections).hasValue(2);
	}

	@Test
	void inspectsAgainAfterFailure() {
		this.inspector = () -> {
			throw new StoreUnavailableException("gone", null);
		};
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.monitor::condition);
		this.inspector = () -> warning("a");
		assertThat(this.monitor.condition()).isEqualTo(warning("a"));
	}

	@Test
	void logsWarningOnceUntilItIsResolved(CapturedOutput output) {
		this.inspector = () -> warning("first sentence");
		this.monitor.start();
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("first sentence").contains("WARN");
		this.inspector = () -> warning("first sentence", "second sentence");
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("first sentence").containsOnlyOnce("second sentence");
		this.inspector = () -> {
			throw new IllegalStateException("gone");
		};
		inspectTimes(3);
		this.inspector = () -> warning("second sentence");
		inspectTimes(3);
		assertThat(warnings(output, "second sentence")).isEqualTo(1);
		assertThat(output).containsOnlyOnce("Resolved: first sentence").doesNotContain("gone");
		this.inspector = () -> warning("first sentence");
		inspectTimes(3);
		assertThat(warnings(output, "first sentence")).as("the warning was resolved in between").isEqualTo(2);
		assertThat(output).containsOnlyOnce("Resolved: second sentence");
	}

	@Test
	void doesNotRepeatWarningWhoseNumbersChange(CapturedOutput output) {
		this.inspector = () -> warning("1 of 2 replicas are behind");
		this.monitor.start();
		inspectTimes(3);
		this.inspector = () -> warning("2 of 2 replicas are behind");
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("of 2 replicas").doesNotContain("Resolved");
		this.inspector = () -> warning();
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("Resolved: 2 of 2 replicas are behind");
	}

	@Test
	void doesNotResolveWarningThatMayStillApply(CapturedOutput output) {
		this.inspector = () -> warning("first sentence", "1 of 2 replicas are behind");
		this.monitor.start();
		inspectTimes(3);
		this.inspector = () -> new StoreCondition(Map.of("role", "slave"), List.of(),
				List.of("0 of 0 replicas are behind"));
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("Resolved").contains("Resolved: first sentence");
		this.inspector = () -> warning("1 of 2 replicas are behind");
		inspectTimes(3);
		assertThat(warnings(output, "1 of 2 replicas are behind")).isEqualTo(1);
		this.inspector = () -> warning();
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("Resolved: 1 of 2 replicas are behind");
	}

	@Test
	void resolvesNothingWhileServerDoesNotAnswer(CapturedOutput output) {
		this.inspector = () -> warning("first sentence");
		this.monitor.start();
		inspectTimes(3);
		this.inspector = () -> new StoreCondition(Map.of(StoreCondition.ERROR, "away"), List.of());
		inspectTimes(3);
		this.inspector = () -> warning("first sentence");
		inspectTimes(3);
		assertThat(output).containsOnlyOnce("first sentence");
	}

	@Test
	void endsThreadWhenStopped() {
		this.monitor.start();
		inspectTimes(2);
		this.monitor.stop();
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("cf-tracker-store-monitor")));
	}

	@Test
	@Timeout(60)
	void startsAndStopsWhileStoreHangs() {
		CountDownLatch never = new CountDownLatch(1);
		this.inspector = () -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return warning();
		};
		this.monitor.start();
		Awaitility.await().until(() -> this.inspections.get() == 1);
		this.monitor.stop();
		never.countDown();
	}

	private static long warnings(CapturedOutput output, String warning) {
		return output.toString().lines().filter((line) -> line.contains("WARN") && line.endsWith(warning)).count();
	}

	private void inspectTimes(int times) {
		for (int i = 0; i < times; i++) {
			int before = this.inspections.get();
			this.now = this.now.plusSeconds(5);
			Awaitility.await().until(() -> this.inspections.get() > before);
		}
	}

	private static StoreCondition warning(String... warnings) {
		return new StoreCondition(Map.of("role", "master"), List.of(warnings));
	}

}
