package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.Distribution.Trait;
import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DistributionMirrorTests {

	private static final Duration SOON = Duration.ofMillis(10);

	private static final Duration NEVER = Duration.ofHours(1);

	private static final Distribution FIRST = Distributions.of("*=app");

	private static final Distribution SECOND = Distributions.of("/api/*=api *=app");

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final ScriptedClient client = new ScriptedClient();

	private final List<Distribution> used = new CopyOnWriteArrayList<>();

	private volatile Consumer<Distribution> user = this.used::add;

	private final Versions history = new Versions();

	private volatile boolean depends;

	private DistributionMirror mirror = mirror(false, SOON, SOON);

	@BeforeEach
	void log() {
		// An application that another test has run may have left a higher level
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.github.cftracker", LogLevel.INFO);
	}

	@AfterEach
	void stop() {
		this.mirror.stop();
	}

	@Test
	void readsAtStartWithoutWaiting() {
		CountDownLatch answer = new CountDownLatch(1);
		this.client.script = () -> {
			ScriptedClient.hold(answer);
			return FIRST;
		};
		this.mirror.start();
		await().until(() -> this.client.reads.get() > 0);
		assertThat(this.mirror.distribution()).isNull();
		assertThat(this.used).isEmpty();
		answer.countDown();
		await().until(() -> !this.used.isEmpty());
		assertThat(this.used).first().isEqualTo(FIRST);
		assertThat(this.mirror.distribution()).isEqualTo(FIRST);
		assertThat(this.client.thread.isDaemon()).isTrue();
	}

	@Test
	void readsEveryIntervalAndLogsOnlyChanges(CapturedOutput output) {
		this.mirror.start();
		this.client.awaitReads(3);
		this.client.script = () -> SECOND;
		await().until(() -> SECOND.equals(this.mirror.distribution()));
		this.client.awaitReads(3);
		assertThat(this.used).contains(FIRST, SECOND).last().isEqualTo(SECOND);
		assertThat(output).containsOnlyOnce(": 1 cache behaviors").containsOnlyOnce(": 2 cache behaviors");
	}

	@Test
	void reportsProblemOfSettingsUntilItIsFixed() {
		this.client.script = () -> new Distribution(Set.of(Trait.DISABLED), "", null, FIRST.behaviors(), Map.of(),
				UnreadSettings.NONE);
		this.mirror.start();
		await().until(() -> !this.doctor.findings().isEmpty());
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("'E123' is disabled"));
		this.client.script = () -> FIRST;
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void forgetsObservationsWhenSettingsChange() {
		this.mirror.start();
		this.client.awaitReads(2);
		see("/a");
		this.client.awaitReads(2);
		assertThat(this.doctor.findings()).as("the same settings").hasSize(1);
		this.client.script = () -> SECOND;
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void forgetsObservationsMadeBeforeNewSettingsAreInEffect() {
		this.user = (distribution) -> {
			if (distribution.equals(SECOND) && !this.used.contains(SECOND)) {
				see("/a request that went by the old ones");
			}
			this.used.add(distribution);
		};
		this.mirror.start();
		await().until(() -> !this.used.isEmpty());
		this.client.script = () -> SECOND;
		await().until(() -> this.used.contains(SECOND));
		this.client.awaitReads(2);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Reason.class)
	void keepsLastSettingsWhileTheyCannotBeRead(Reason reason) {
		this.mirror.start();
		await().until(() -> !this.used.isEmpty());
		this.client.script = () -> {
			throw new UnreadableDistributionException("No.", reason, null);
		};
		this.client.awaitReads(2);
		int before = this.used.size();
		this.client.awaitReads(2);
		assertThat(this.mirror.distribution()).isEqualTo(FIRST);
		assertThat(this.used).hasSize(before);
		this.client.script = () -> SECOND;
		await().until(() -> SECOND.equals(this.mirror.distribution()));
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void namesActionIfReadingIsDenied() {
		fails("Not authorized", Reason.DENIED, null);
		assertThat(found().problem()).isEqualTo(
				"The settings of distribution 'E123' cannot be read, so the properties are used: Not authorized.");
		assertThat(found().fix())
			.isEqualTo("Grant 'cloudfront:GetDistributionConfig', or set 'cf.tracker.distribution.mirror=false'.");
	}

	@Test
	void reportsFixThatTheClientSuggests() {
		fails("Not authorized.", Reason.DENIED, "Check 'cf.tracker.access-key'");
		assertThat(found().problem()).endsWith(": Not authorized.");
		assertThat(found().fix())
			.isEqualTo("Check 'cf.tracker.access-key', or set 'cf.tracker.distribution.mirror=false'.");
	}

	@Test
	void doesNotReportPropertiesInEffectWhileLastSettingsAre() {
		this.mirror.start();
		await().until(() -> !this.used.isEmpty());
		this.client.script = () -> {
			throw new UnreadableDistributionException("No.", Reason.DENIED, null);
		};
		await().until(() -> !this.doctor.findings().isEmpty());
		assertThat(found().problem()).contains("cannot be read").doesNotContain("the properties are used");
	}

	@Test
	void keepsFindingsOfSettingsInEffectWhileTheyCannotBeRead() {
		Distribution disabled = new Distribution(Set.of(Trait.DISABLED), "", null, FIRST.behaviors(), Map.of(),
				UnreadSettings.NONE);
		this.client.script = () -> disabled;
		this.mirror.start();
		await().until(() -> !this.doctor.findings().isEmpty());
		this.client.script = () -> {
			throw new UnreadableDistributionException("No.", Reason.DENIED, null);
		};
		this.client.awaitReads(2);
		assertThat(this.mirror.distribution()).isEqualTo(disabled);
		assertThat(this.doctor.findings()).extracting(Finding::problem)
			.anyMatch((problem) -> problem.contains("'E123' is disabled"))
			.anyMatch((problem) -> problem.contains("cannot be read"));
	}

	@Test
	void namesPropertyIfDistributionDoesNotExist() {
		fails("It does not exist", Reason.UNKNOWN, null);
		assertThat(found().problem()).isEqualTo("Distribution 'E123' does not exist: It does not exist.");
		assertThat(found().fix()).isEqualTo("Check 'cf.tracker.distribution-id'.");
	}

	@ParameterizedTest
	@EnumSource(value = Reason.class, names = "TEMPORARY", mode = EnumSource.Mode.EXCLUDE)
	void waitsForIntervalAfterFailureThatNeedsFix(Reason reason) {
		this.mirror = mirror(false, NEVER, SOON);
		fails("No", reason, null);
		await().until(() -> !this.doctor.findings().isEmpty());
		await().during(Duration.ofMillis(200)).until(() -> this.client.reads.get() == 1);
	}

	@Test
	void retriesTemporaryFailureSoon(CapturedOutput output) {
		this.mirror = mirror(false, NEVER, SOON);
		AtomicInteger failures = new AtomicInteger(2);
		this.client.script = () -> {
			if (failures.getAndDecrement() > 0) {
				throw new UnreadableDistributionException("Busy", Reason.TEMPORARY, null);
			}
			return FIRST;
		};
		this.mirror.start();
		await().until(() -> FIRST.equals(this.mirror.distribution()));
		await().during(Duration.ofMillis(200)).until(() -> this.client.reads.get() == 3);
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(output).containsOnlyOnce("Could not read the settings of distribution 'E123' yet: Busy.")
			.doesNotContain("WARN");
	}

	@Test
	void logsThatUnchangedSettingsCouldBeReadAgain(CapturedOutput output) {
		this.mirror.start();
		this.client.awaitReads(2);
		this.client.script = () -> {
			throw new UnreadableDistributionException("Busy", Reason.TEMPORARY, null);
		};
		this.client.awaitReads(3);
		assertThat(output).doesNotContain("they have not changed");
		this.client.script = () -> FIRST;
		this.client.awaitReads(3);
		assertThat(output).containsOnlyOnce("Read the settings of distribution 'E123' again, they have not changed");
	}

	@Test
	void waitsLongerAfterEachFailureUpToInterval() {
		this.mirror = mirror(false, Duration.ofMillis(80), Duration.ofMillis(20));
		long start = System.nanoTime();
		fails("Busy", Reason.TEMPORARY, null);
		// 780 milliseconds: doubled without end it would be 40 seconds, never doubled 220
		// milliseconds
		await().until(() -> this.client.reads.get() >= 12);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
	}

	@Test
	void reportsFirstFailureIfReadingIsRequired() {
		this.mirror = mirror(true, SOON, SOON);
		fails("Busy", Reason.TEMPORARY, null);
		await().until(() -> !this.doctor.findings().isEmpty());
		assertThat(found().problem()).contains("'E123' could not be read, so the properties are used: Busy.");
		assertThat(found().fix()).contains("'cf.tracker.distribution.mirror=false'");
		this.client.script = () -> FIRST;
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void reportsThreeFailuresInARowInEveryMode() {
		this.mirror = mirror(false, SOON, SOON);
		this.mirror.start();
		this.client.awaitReads(2);
		this.client.script = () -> {
			throw new UnreadableDistributionException("Busy", Reason.TEMPORARY, null);
		};
		assertThat(found().problem()).isEqualTo(
				"The settings of distribution 'E123' could not be read, so the last known settings are used: Busy.");
		assertThat(this.client.reads.get()).isGreaterThanOrEqualTo(5);
		this.client.script = () -> FIRST;
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void reportsSettingsThatChangedBeforeThisNodeWasStarted() {
		this.history.version = "other settings";
		this.mirror = mirror(false, SOON, SOON);
		this.mirror.start();
		assertThat(found().id()).isEqualTo("settings-changed");
		assertThat(this.history.version).as("for the next node").isEqualTo(SettingsChange.version(FIRST));
		SettingsChange.over(this.doctor);
		this.client.awaitReads(2);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void firstNodeReportsNoChange() {
		this.mirror = mirror(false, NEVER, NEVER);
		this.mirror.start();
		await().until(() -> SettingsChange.version(FIRST).equals(this.history.version));
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void readsSettingsWhenAnotherNodeHasReadOthers() {
		this.mirror = mirror(false, NEVER, NEVER);
		this.mirror.start();
		await().until(() -> this.used.contains(FIRST));
		this.client.script = () -> SECOND;
		this.history.version = SettingsChange.version(SECOND);
		this.depends = true;
		await().until(() -> this.used.contains(SECOND));
		assertThat(this.client.reads).hasValue(2);
		this.history.version = "what only the other node can read";
		await().until(() -> this.client.reads.get() == 3);
		int asked = this.history.asked.get();
		this.history.version = "what only the other node can read";
		await().until(() -> this.history.asked.get() > asked + 3);
		assertThat(this.client.reads).as("not again and again").hasValue(3);
	}

	@Test
	void readsSettingsWhileStoreDoesNotAnswer() {
		this.history.failing = true;
		this.history.version = "other settings";
		this.mirror = mirror(false, SOON, SOON);
		this.mirror.start();
		this.client.awaitReads(2);
		assertThat(this.mirror.distribution()).isEqualTo(FIRST);
		assertThat(this.doctor.findings()).isEmpty();
		this.history.failing = false;
		assertThat(found().id()).isEqualTo("settings-changed");
	}

	@Test
	void equalSettingsHaveEqualVersions() {
		assertThat(SettingsChange.version(Distributions.of("/a/*=app *=bucket")))
			.isEqualTo(SettingsChange.version(Distributions.of("/a/*=app *=bucket")))
			.isNotEqualTo(SettingsChange.version(Distributions.of("/b/*=app *=bucket")));
	}

	@Test
	void readsTheCurrentSettingsForARun() {
		this.mirror = mirror(false, NEVER, NEVER);
		this.mirror.refresh(Duration.ofSeconds(20));
		assertThat(this.client.reads).as("not started").hasValue(0);
		this.mirror.start();
		this.mirror.refresh(Duration.ofSeconds(20));
		assertThat(this.mirror.distribution()).isEqualTo(FIRST);
		this.client.script = () -> SECOND;
		this.mirror.refresh(Duration.ofSeconds(20));
		assertThat(this.mirror.distribution()).isEqualTo(SECOND);
		assertThat(this.used).containsOnlyOnce(SECOND).startsWith(FIRST).endsWith(SECOND);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void reportsRunWithoutCurrentSettingsUntilTheyAreRead() {
		this.mirror = mirror(false, NEVER, NEVER);
		CountDownLatch reading = new CountDownLatch(1);
		this.client.script = () -> {
			ScriptedClient.hold(reading);
			return FIRST;
		};
		this.mirror.start();
		this.mirror.refresh(Duration.ofMillis(1));
		assertThat(found().problem()).isEqualTo(
				"The settings of distribution 'E123' could not be read when a run started, so the properties are used.");
		reading.countDown();
		await().until(() -> this.doctor.findings().isEmpty());
	}

	@Test
	void reportsRefusedReadingOnceForRun() {
		this.mirror = mirror(false, NEVER, NEVER);
		fails("No", Reason.DENIED, null);
		this.mirror.refresh(Duration.ofSeconds(20));
		this.mirror.refresh(Duration.ofSeconds(20));
		assertThat(found().problem()).contains("cannot be read", ": No.");
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class })
	void retriesAfterUnexpectedFailureOfClient(Class<? extends Throwable> type, CapturedOutput output) {
		this.mirror = mirror(false, NEVER, SOON);
		this.client.script = () -> throwUnchecked(type);
		this.mirror.start();
		this.client.awaitReads(2);
		this.client.script = () -> FIRST;
		await().until(() -> FIRST.equals(this.mirror.distribution()));
		assertThat(output).contains("settings of distribution 'E123' yet: " + type.getName())
			.doesNotContain("at io.github.cftracker");
	}

	@Test
	void notifiesFailedUserAgain() {
		AtomicInteger told = new AtomicInteger();
		this.mirror = mirror(false, NEVER, SOON);
		this.user = (distribution) -> {
			if (told.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
			this.used.add(distribution);
		};
		this.mirror.start();
		await().until(() -> !this.used.isEmpty());
	}

	@Test
	void endsWhenStoppedAndReadsAgainWhenRestarted() {
		this.mirror = mirror(false, NEVER, NEVER);
		this.mirror.start();
		await().until(() -> this.used.size() == 1);
		Thread first = this.client.thread;
		this.mirror.stop();
		assertThat(first.isAlive()).isFalse();
		this.client.script = () -> SECOND;
		this.mirror.start();
		await().until(() -> this.used.size() == 2);
		assertThat(this.mirror.distribution()).isEqualTo(SECOND);
		Thread second = this.client.thread;
		assertThat(second).isNotSameAs(first);
		this.mirror.stop();
		assertThat(second.isAlive()).isFalse();
		assertThat(this.client.reads).hasValue(2);
	}

	@Test
	void interruptsCallWhenStoppedAndReportsNothing() {
		CountDownLatch answer = new CountDownLatch(1);
		this.client.script = () -> {
			ScriptedClient.hold(answer);
			throw new UnreadableDistributionException("No", Reason.DENIED, null);
		};
		this.mirror.start();
		await().until(() -> this.client.reads.get() > 0);
		this.mirror.stop();
		assertThat(this.client.thread.isAlive()).isFalse();
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(this.client.reads).hasValue(1);
	}

	@Test
	void stopsWithoutHavingStarted() {
		this.mirror.stop();
		this.mirror.start();
		await().until(() -> FIRST.equals(this.mirror.distribution()));
	}

	private DistributionMirror mirror(boolean demanded, Duration interval, Duration firstRetry) {
		ExpectedSettings expectations = new ExpectedSettings("E123", null, null, null, null, null, null);
		return new DistributionMirror(this.client, new User(), this.history,
				new MirrorReport(expectations, this.doctor, demanded),
				new DistributionMirror.Intervals(interval, firstRetry, Duration.ofMillis(20)));
	}

	private void fails(String message, Reason reason, String fix) {
		this.client.script = () -> {
			throw new UnreadableDistributionException(message, reason, fix);
		};
		this.mirror.start();
		await().until(() -> this.client.reads.get() > 0);
	}

	private void see(String path) {
		this.doctor.seen(FindingType.BEHAVIOR_CACHES_NOTHING, "*",
				() -> new Problem(FindingType.BEHAVIOR_CACHES_NOTHING, "*", path, "Fix."));
	}

	private Finding found() {
		await().until(() -> !this.doctor.findings().isEmpty());
		assertThat(this.doctor.findings()).hasSize(1);
		return this.doctor.findings().get(0);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> Distribution throwUnchecked(Class<? extends Throwable> type) throws T {
		try {
			throw (T) type.getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	private static final class ScriptedClient implements DistributionClient {

		final AtomicInteger reads = new AtomicInteger();

		volatile DistributionClient script = () -> FIRST;

		volatile Thread thread = Thread.currentThread();

		@Override
		public Distribution read() {
			DistributionClient script = this.script;
			this.thread = Thread.currentThread();
			this.reads.incrementAndGet();
			return script.read();
		}

		/**
		 * Waits for so many more reads to begin.
		 */
		void awaitReads(int more) {
			int before = this.reads.get();
			await().until(() -> this.reads.get() >= before + more);
		}

		static void hold(CountDownLatch latch) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	private final class User implements SettingsUser {

		@Override
		public void use(Distribution distribution) {
			DistributionMirrorTests.this.user.accept(distribution);
		}

		@Override
		public boolean dependsOnSettings() {
			return DistributionMirrorTests.this.depends;
		}

	}

	private static final class Versions implements SettingsHistory {

		private volatile String version;

		private final AtomicInteger asked = new AtomicInteger();

		private volatile boolean failing;

		@Override
		public String version() {
			this.asked.incrementAndGet();
			if (this.failing) {
				throw new IllegalStateException("The store does not answer");
			}
			return this.version;
		}

		@Override
		public void version(String version) {
			this.version = version;
		}

	}

}
