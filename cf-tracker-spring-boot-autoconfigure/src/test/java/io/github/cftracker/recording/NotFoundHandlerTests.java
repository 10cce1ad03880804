package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;

import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotFoundHandlerTests {

	private final MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final PathRecorder recorder = TestRecorder.of(this.store,
			new LifetimePolicy(Mode.FIXED, Duration.ofHours(1),
					new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1)), Duration.ZERO,
					Clock.systemUTC()),
			100);

	@BeforeEach
	void track() {
		this.recorder.track("/a");
		this.recorder.flush();
	}

	@Test
	void untracks() {
		new UntrackingNotFoundHandler(new BufferedTracker(this.recorder), true).handle("/a");
		this.recorder.flush();
		assertThat(this.store.count()).isZero();
	}

	@Test
	void keepsWhatWasTracked() {
		new UntrackingNotFoundHandler(new BufferedTracker(this.recorder), false).handle("/a");
		assertThat(this.recorder.pending()).isZero();
		assertThat(this.store.count()).isOne();
	}

}
