package io.github.cftracker.benchmarks.alternatives;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The starter, with tags.
 */
final class Starter implements Alternative {

	/**
	 * More than wait between two flushes would be tracked as wildcards.
	 */
	private static final int PENDING = 20_000;

	private final ConfigurableApplicationContext context;

	private final PathRecorder recorder;

	private final CloudFrontInvalidator invalidator;

	Starter(TestRedis redis, LocalCloudFront cloudFront) {
		this.context = Application.withoutPages("cf.tracker.redis-url=" + redis.url(),
				"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.tags.max-entries=100000000",
				"logging.level.io.github.cftracker=error");
		this.recorder = this.context.getBean(PathRecorder.class);
		this.invalidator = this.context.getBean(CloudFrontInvalidator.class);
	}

	@Override
	public void record(int page) {
		this.recorder.track(Pages.path(page), Pages.LIFETIME, System.nanoTime(), "/shop/{category}/{product}",
				Pages.tags(page));
		if (this.recorder.pending() > PENDING) {
			this.recorder.flush();
		}
	}

	@Override
	public void invalidateChanged() {
		invalidate(InvalidationRequest.ofTags(Pages.CHANGED_TAG));
	}

	@Override
	public void invalidateAll() {
		invalidate(InvalidationRequest.ofEverything());
	}

	private void invalidate(InvalidationRequest request) {
		Run run = this.invalidator.invalidate(request).completion().join();
		// Empty if nothing was rendered since the last one
		if (run.state() != Run.State.COMPLETED && run.state() != Run.State.EMPTY) {
			throw new IllegalStateException("The run ended as %s".formatted(run.state()));
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
