package io.github.cftracker.recording;

import java.util.List;
import java.util.Set;

import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;

/**
 * {@link PathRecorder} for tests, without a limit unless they set one.
 */
public final class TestRecorder {

	private static final WriteListener IGNORE = (paths) -> {
	};

	private TestRecorder() {
	}

	/**
	 * Create a recorder that does not limit what is tracked.
	 * @param store what flushes write to
	 * @param lifetimes the lifetimes of paths
	 * @param maxPending maximum number of paths that wait to be flushed
	 * @return the recorder
	 */
	public static PathRecorder of(UrlStore store, LifetimePolicy lifetimes, int maxPending) {
		return of(store, lifetimes, new PathLimits(maxPending, Integer.MAX_VALUE, Integer.MAX_VALUE),
				new DistributionDoctor());
	}

	static PathRecorder of(UrlStore store, LifetimePolicy lifetimes, PathLimits limits, DistributionDoctor doctor) {
		TrackingSettings settings = new TrackingSettings(Set.of("GET"), lifetimes, null, null, null, List.of(), false);
		return new PathRecorder(store, limits, new TrackingRules(settings, doctor, limits.maxPending()), doctor,
				IGNORE);
	}

}
