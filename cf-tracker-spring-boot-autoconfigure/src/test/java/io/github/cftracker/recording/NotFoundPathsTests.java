package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotFoundPathsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final PathRecorder recorder = TestRecorder.of(this.store,
			new LifetimePolicy(Mode.FIXED, HOUR, new Ttls(Duration.ZERO, HOUR, HOUR), Duration.ZERO, Clock.systemUTC()),
			new PathLimits(100, 100, 100), this.doctor);

	private final NotFoundHandler handler = new UntrackingNotFoundHandler(new BufferedTracker(this.recorder), true);

	@Test
	void reportsFirstPathThatEdgesMayHold() {
		respond("/short", Duration.ofSeconds(50));
		respond("/a", HOUR);
		respond("/b", HOUR);
		this.recorder.flush();
		this.handler.handle("/never-tracked");
		this.handler.handle("/short");
		this.recorder.flush();
		assertThat(this.recorder.untracked()).isZero();
		assertThat(this.doctor.findings()).isEmpty();
		this.handler.handle("/a");
		this.recorder.flush();
		this.handler.handle("/b");
		this.handler.handle("/a");
		this.recorder.flush();
		assertThat(this.recorder.untracked()).isEqualTo(2);
		assertThat(this.doctor.findingsOfRuns()).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("not-found-untracked");
			assertThat(finding.problem()).startsWith("'/a' ");
			assertThat(finding.fix()).contains("'cf.tracker.tracking.not-found=keep'", "'cf.tracker.findings.ignore'",
					"no longer reported a day after");
		});
		assertThat(this.store.count()).isZero();
	}

	@Test
	void countsWhatIsNotWrittenYet() {
		respond("/a", HOUR);
		this.handler.handle("/a");
		this.handler.handle("/a");
		respond("/short", Duration.ofSeconds(50));
		this.handler.handle("/short");
		this.recorder.flush();
		assertThat(this.recorder.untracked()).isOne();
		assertThat(this.doctor.findings()).extracting(Finding::id).containsExactly("not-found-untracked");
	}

	@Test
	void countsPathOnceThatIsWrittenAndWaits() {
		respond("/a", HOUR);
		this.recorder.flush();
		respond("/a", HOUR);
		this.handler.handle("/a");
		this.recorder.flush();
		assertThat(this.recorder.untracked()).isOne();
	}

	@Test
	void ignoresWhatTheApplicationUntracks() {
		respond("/a", HOUR);
		respond("/b", HOUR);
		respond("/c", HOUR);
		this.recorder.flush();
		respond("/c", HOUR);
		this.recorder.untrack("/a");
		this.recorder.untrack("/b");
		this.recorder.untrack("/c");
		this.handler.handle("/b");
		this.recorder.expire("/d", Duration.ZERO);
		this.recorder.flush();
		assertThat(this.store.count()).isZero();
		assertThat(this.recorder.untracked()).isZero();
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void ignoresPageThatIsBack() {
		respond("/a", HOUR);
		this.handler.handle("/a");
		respond("/a", HOUR);
		this.recorder.flush();
		assertThat(this.store.count()).isOne();
		assertThat(this.recorder.untracked()).isZero();
	}

	private void respond(String path, Duration lifetime) {
		this.recorder.track(path, lifetime, System.nanoTime(), null, Set.of());
	}

}
