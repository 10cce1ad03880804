package io.github.cftracker.distribution;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DoctorTests {

	private static final Finding FIRST = new Finding("First problem.", "First fix.");

	private static final Finding SECOND = new Finding("Second problem.", "Second fix.");

	private static final CacheBehavior PAGES = Distributions.of("/pages/*=app *=app").behaviors().get(0);

	private static final CacheBehavior DEFAULT = Distributions.of("*=app").behaviors().get(0);

	private final Doctor doctor = new Doctor();

	@BeforeEach
	void log() {
		// An application that another test has run may have left a higher level
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.github.cftracker", LogLevel.INFO);
	}

	@Test
	void findsNothingAtFirst() {
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void saysEachFindingOnceAsAWarning(CapturedOutput output) {
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
	void replacesWhatAPartHasFound() {
		this.doctor.diagnosed("a", List.of(FIRST));
		this.doctor.diagnosed("b", List.of(SECOND));
		assertThat(this.doctor.findings()).containsExactly(FIRST, SECOND);
		this.doctor.diagnosed("a", List.of());
		assertThat(this.doctor.findings()).containsExactly(SECOND);
	}

	@Test
	void listsWhatTwoPartsHaveFoundOnce() {
		this.doctor.diagnosed("a", List.of(FIRST, SECOND));
		this.doctor.diagnosed("b", List.of(SECOND));
		assertThat(this.doctor.findings()).containsExactly(FIRST, SECOND);
		this.doctor.diagnosed("a", List.of());
		assertThat(this.doctor.findings()).containsExactly(SECOND);
	}

	@Test
	void findsWhatRequestsShowOnceForEachBehavior(CapturedOutput output) {
		this.doctor.seenUncached(PAGES, "/pages/1");
		this.doctor.seenUncached(PAGES, "/pages/2");
		this.doctor.seenUncached(DEFAULT, "/a");
		this.doctor.seenCachedDespite(PAGES, "/pages/3");
		this.doctor.seenCachedDespite(PAGES, "/pages/4");
		assertThat(this.doctor.findings()).extracting(Finding::problem)
			.satisfiesExactlyInAnyOrder(
					(problem) -> assertThat(problem).contains("'/pages/*' caches nothing", "'/pages/1'"),
					(problem) -> assertThat(problem).contains("'*' caches nothing", "'/a'"),
					(problem) -> assertThat(problem).contains("'/pages/*' has a MinTTL greater than 0", "'/pages/3'"));
		assertThat(output).containsOnlyOnce("'/pages/1'")
			.containsOnlyOnce("'/pages/3'")
			.containsOnlyOnce("'*' caches nothing")
			.doesNotContain("'/pages/2'", "'/pages/4'");
	}

	@Test
	void findsOncePathsThatCannotBeSentAndAnOriginThatIsUnknown(CapturedOutput output) {
		this.doctor.seenUnsendable("/*");
		this.doctor.seenUnsendable("/a/*");
		this.doctor.seenUnknownOrigin("one.example.org");
		this.doctor.seenUnknownOrigin("two.example.org");
		assertThat(this.doctor.findings()).extracting(Finding::problem)
			.satisfiesExactlyInAnyOrder((problem) -> assertThat(problem).startsWith("'/*'"),
					(problem) -> assertThat(problem).contains("'one.example.org'"));
		assertThat(output).containsOnlyOnce("'/*'")
			.containsOnlyOnce("'cf.tracker.distribution.origin-id'")
			.doesNotContain("'/a/*'", "two.example.org");
	}

	@Test
	void forgetsWhatRequestsHaveShownWhenTheSettingsChange(CapturedOutput output) {
		this.doctor.settings(Distributions.of("*=app"));
		this.doctor.diagnosed("a", List.of(FIRST));
		this.doctor.seenUncached(DEFAULT, "/a");
		this.doctor.settings(Distributions.of("*=app"));
		assertThat(this.doctor.findings()).as("the same settings").hasSize(2);
		this.doctor.settings(Distributions.of("*=api"));
		assertThat(this.doctor.findings()).containsExactly(FIRST);
		this.doctor.seenUncached(DEFAULT, "/a");
		assertThat(this.doctor.findings()).hasSize(2);
		assertThat(output).as("said before").containsOnlyOnce("caches nothing");
	}

	@Test
	void manyThreadsThatSeeTheSameAreOneFinding(CapturedOutput output) throws Exception {
		int threads = 8;
		CyclicBarrier together = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> all = IntStream.range(0, threads).<Future<?>>mapToObj((i) -> executor.submit(() -> {
				for (int round = 0; round < 50; round++) {
					CacheBehavior behavior = Distributions.of("/round" + round + "/*=app *=app").behaviors().get(0);
					together.await();
					this.doctor.seenUncached(behavior, "/thread" + i);
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

}
