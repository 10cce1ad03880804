package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.recording.PathRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Reports on the console of a node when its recorded paths wait longer than usual: the
 * settings of the distribution are not read yet, Redis does not answer, or the machine is
 * busy. The harness reads this report instead of assuming how fast a machine is.
 */
final class FlushLag {

	private static final Duration SAMPLE = Duration.ofMillis(50);

	private static final Duration USUAL = Duration.ofMillis(500);

	private static final Pattern REPORTED = Pattern
		.compile("Nothing written since (\\S+)(?:\\R(?s:.*?)Written at (\\S+))?");

	private final PathRecorder recorder;

	private final DistributionMirror mirror;

	private long flushes;

	private Instant written = Instant.now();

	private boolean late;

	FlushLag(PathRecorder recorder, DistributionMirror mirror) {
		this.recorder = recorder;
		this.mirror = mirror;
	}

	void watch() {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "flush-lag");
			thread.setDaemon(true);
			return thread;
		});
		scheduler.scheduleWithFixedDelay(this::sample, 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void sample() {
		Instant now = Instant.now();
		long flushes = this.recorder.flushes().count() - this.recorder.flushes().failures();
		boolean written = this.mirror.distribution() != null
				&& (this.recorder.pending() == 0 || flushes > this.flushes);
		this.flushes = flushes;
		if (!this.late && this.written.plus(USUAL).isBefore(now)) {
			this.late = true;
			System.out.println("Nothing written since " + this.written);
		}
		if (written) {
			if (this.late) {
				this.late = false;
				System.out.println("Written at " + now);
			}
			this.written = now;
		}
	}

	/**
	 * Return what a node has reported.
	 * @param log what the node printed
	 * @param killed when it was killed, {@code null} if it was not
	 */
	static List<Downtime> of(String log, @Nullable Instant killed) {
		List<Downtime> lags = new ArrayList<>();
		for (MatchResult lag : REPORTED.matcher(log).results().toList()) {
			Instant to = (lag.group(2) != null) ? Instant.parse(lag.group(2)) : (killed != null) ? killed : Instant.MAX;
			lags.add(new Downtime(Instant.parse(lag.group(1)), to));
		}
		return lags;
	}

}
