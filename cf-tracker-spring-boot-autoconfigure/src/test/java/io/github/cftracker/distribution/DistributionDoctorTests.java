package io.github.cftracker.distribution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.cftracker.Finding;
import io.github.cftracker.testing.Distributions;
import io.github.cftracker.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DistributionDoctorTests {

	private static final Problem FIRST = new Problem(FindingType.TENANT_ONLY, "First problem.", "First fix.");

	private static final Problem SECOND = new Problem(FindingType.DISTRIBUTION_DISABLED, "Second problem.",
			"Second fix.");

	private final TestClock clock = new TestClock(Instant.EPOCH);

	private final DistributionDoctor doctor = new DistributionDoctor(this.clock, Set.of());

	@BeforeEach
	void log() {
		// An application of another test may have set a higher level
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.github.cftracker", LogLevel.INFO);
	}

	@Test
	void findsNothingAtFirst() {
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void logsEachFindingOnceAsWarning(CapturedOutput output) {
		this.doctor.diagnosed("a", List.of(FIRST));
		this.doctor.diagnosed("a", List.of(FIRST, SECOND));
		this.doctor.diagnosed("a", List.of());
		this.doctor.diagnosed("a", List.of(FIRST));
		this.doctor.diagnosed("b", List.of(SECOND));
		assertThat(output).containsOnlyOnce("First problem. First fix.")
			.containsOnlyOnce("Second problem. Second fix.")
			.contains("WARN");
	}

	@Test
	void replacesFindingsOfPart() {
		this.doctor.diagnosed("a", List.of(FIRST));
		this.doctor.diagnosed("b", List.of(SECOND));
		assertThat(problems()).containsExactly("First problem.", "Second problem.");
		this.doctor.diagnosed("a", List.of());
		assertThat(problems()).containsExactly("Second problem.");
	}

	@Test
	void listsFindingOfTwoPartsOnce() {
		this.doctor.diagnosed("a", List.of(FIRST, SECOND));
		this.doctor.diagnosed("b", List.of(SECOND));
		assertThat(problems()).containsExactly("First problem.", "Second problem.");
		this.doctor.diagnosed("a", List.of());
		assertThat(problems()).containsExactly("Second problem.");
	}

	@Test
	void reportsFindingOfRequestsOnce(CapturedOutput output) {
		see("/pages/*", "one");
		see("/pages/*", "two");
		see("*", "three");
		assertThat(problems()).containsExactlyInAnyOrder("one", "three");
		assertThat(output).containsOnlyOnce("one").containsOnlyOnce("three").doesNotContain("two");
		this.doctor.over(FindingType.BEHAVIOR_CACHES_NOTHING, "*");
		assertThat(problems()).containsExactly("one");
	}

	@Test
	void endsFindingOfRequestsDayAfterLastRequest(CapturedOutput output) {
		see("*", "First.");
		this.clock.advance(Duration.ofHours(23));
		see("*", "Second.");
		this.clock.advance(Duration.ofHours(23));
		assertThat(this.doctor.findings()).as("seen again")
			.containsExactly(new Finding("behavior-caches-nothing", "First.", "Fix.", Instant.EPOCH));
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.doctor.findings()).isEmpty();
		see("*", "Third.");
		assertThat(this.doctor.findings()).as("it is back")
			.containsExactly(new Finding("behavior-caches-nothing", "Third.", "Fix.", this.clock.instant()));
		assertThat(output).containsOnlyOnce("First.").doesNotContain("Second.").containsOnlyOnce("Third.");
	}

	@Test
	void endsFindingOfRequestsThatWasNotRead() {
		see("*", "First.");
		this.clock.advance(Duration.ofDays(1));
		see("*", "Second.");
		assertThat(problems()).containsExactly("Second.");
	}

	@Test
	void endsFindingLoggedByItsPartWithoutLogging(CapturedOutput output) {
		this.doctor.noteSeen(FIRST.type(), FIRST.about(), () -> FIRST);
		this.clock.advance(Duration.ofHours(23));
		this.doctor.noteSeen(FIRST.type(), FIRST.about(), () -> FIRST);
		this.clock.advance(Duration.ofHours(23));
		assertThat(problems()).containsExactly("First problem.");
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(output).doesNotContain("First problem.");
	}

	@Test
	void logsPresentFindingOnceIfOnlyItsFiguresChange(CapturedOutput output) {
		for (int day = 0; day < 3; day++) {
			this.doctor.diagnosed("a", List.of(new Problem(FIRST.type(), "Share: " + day + "%.", "Fix.")));
			this.clock.advance(Duration.ofDays(1));
		}
		assertThat(problems()).containsExactly("Share: 2%.");
		assertThat(output).containsOnlyOnce("Share:");
	}

	@Test
	void logsRecurringFindingOnceADay(CapturedOutput output) {
		for (int hour = 0; hour < 48; hour++) {
			this.doctor.diagnosed("a", List.of(new Problem(FIRST.type(), "Share: " + hour + "%.", "Fix.")));
			this.doctor.diagnosed("a", List.of());
			this.clock.advance(Duration.ofHours(1));
		}
		assertThat(output).containsOnlyOnce("Share: 0%.").containsOnlyOnce("Share: 24%.");
		assertThat(output.toString().lines().filter((line) -> line.contains("Share:"))).hasSize(2);
	}

	@Test
	void datesFindings() {
		DistributionDoctor doctor = new DistributionDoctor(this.clock, Set.of());
		doctor.diagnosed("a", List.of(FIRST));
		this.clock.advance(Duration.ofSeconds(60));
		doctor.diagnosed("a", List.of(new Problem(FIRST.type(), "It got worse.", "Fix."), SECOND));
		doctor.trouble("b", new Problem(FindingType.RUNS_STOPPED, "Stopped.", "Fix."));
		assertThat(doctor.findings()).containsExactly(
				new Finding("runs-stopped", "Stopped.", "Fix.", Instant.EPOCH.plusSeconds(60)),
				new Finding("tenant-only", "It got worse.", "Fix.", Instant.EPOCH),
				new Finding("distribution-disabled", "Second problem.", "Second fix.", Instant.EPOCH.plusSeconds(60)));
		doctor.diagnosed("a", List.of());
		doctor.diagnosed("a", List.of(FIRST));
		assertThat(doctor.findings()).as("found again")
			.contains(new Finding("tenant-only", "First problem.", "First fix.", Instant.EPOCH.plusSeconds(60)));
	}

	@Test
	void ignoresConfiguredTypes(CapturedOutput output) {
		DistributionDoctor doctor = new DistributionDoctor(Clock.systemUTC(), Set.of(FindingType.TENANT_ONLY));
		doctor.diagnosed("a", List.of(FIRST, SECOND));
		assertThat(doctor.findings()).extracting(Finding::id).containsExactly("distribution-disabled");
		assertThat(output).doesNotContain("First problem");
	}

	@Test
	void runsShowOnlyFindingsThatMayLeaveObjectsInCache() {
		this.doctor.diagnosed("a", List.of(FIRST, SECOND));
		assertThat(this.doctor.findingsOfRuns()).extracting(Finding::id).containsExactly("tenant-only");
	}

	@Test
	void forgetsFindingsOfRequestsWhenSettingsChange(CapturedOutput output) {
		this.doctor.settings(Distributions.of("*=app"));
		this.doctor.diagnosed("a", List.of(FIRST));
		see("*", "It caches nothing.");
		this.doctor.settings(Distributions.of("*=app"));
		assertThat(this.doctor.findings()).as("the same settings").hasSize(2);
		this.doctor.settings(Distributions.of("*=api"));
		assertThat(problems()).containsExactly("First problem.");
		see("*", "It caches nothing.");
		assertThat(this.doctor.findings()).hasSize(2);
		assertThat(output).as("said before").containsOnlyOnce("caches nothing");
	}

	@Test
	void keepsUntrackablePathsWhenSettingsChange() {
		this.doctor.settings(Distributions.of("*=app"));
		Problem problem = new Problem(FindingType.PATH_NOT_TRACKABLE, "'/~a' cannot be invalidated.", "Return 404.");
		this.doctor.seen(problem.type(), "", () -> problem);
		this.doctor.settings(Distributions.of("*=api"));
		assertThat(problems()).containsExactly(problem.text());
	}

	@Test
	void reportsFindingOfManyThreadsOnce(CapturedOutput output) throws Exception {
		int threads = 8;
		CyclicBarrier together = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> all = IntStream.range(0, threads).<Future<?>>mapToObj((i) -> executor.submit(() -> {
				for (int round = 0; round < 50; round++) {
					together.await();
					see("/round" + round, "Thread " + i + " in round " + round + " finds that it caches nothing.");
				}
				return null;
			})).toList();
			for (Future<?> one : all) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.doctor.findings()).hasSize(50);
		assertThat(output.toString().lines().filter((line) -> line.contains("caches nothing"))).hasSize(50);
		assertThat(this.doctor.findings()).as("what was said")
			.allMatch((finding) -> output.toString().contains(finding.toString()));
	}

	private void see(String about, String text) {
		this.doctor.seen(FindingType.BEHAVIOR_CACHES_NOTHING, about,
				() -> new Problem(FindingType.BEHAVIOR_CACHES_NOTHING, about, text, "Fix."));
	}

	private List<String> problems() {
		return this.doctor.findings().stream().map(Finding::problem).toList();
	}

}
