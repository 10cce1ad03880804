package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;

/**
 * Paths that were answered with 404 and are untracked. One edge has requested the removed
 * page, but another one may still hold it. Therefore paths that would have been tracked
 * for more than a minute are counted, and the first one is a finding.
 */
final class NotFoundPaths {

	private static final Duration A_MINUTE = Duration.ofMinutes(1);

	private final AtomicLong held = new AtomicLong();

	private final UrlStore store;

	private final DistributionDoctor doctor;

	NotFoundPaths(UrlStore store, DistributionDoctor doctor) {
		this.store = store;
		this.doctor = doctor;
	}

	/**
	 * Untrack paths.
	 * @param changes the changes, each by a 404
	 * @param now the time of the recorder's clock
	 */
	void untrack(Collection<Pending> changes, long now) {
		List<String> paths = changes.stream().map(Pending::path).toList();
		Set<String> found = new LinkedHashSet<>(this.store.untrackNotFound(paths, A_MINUTE));
		// The 404 has replaced what was not written yet
		changes.stream()
			.filter((pending) -> pending.change().heldUntil() - now > A_MINUTE.toMillis())
			.map(Pending::path)
			.forEach(found::add);
		this.held.addAndGet(found.size());
		found.stream().findFirst().ifPresent(this::report);
	}

	private void report(String path) {
		this.doctor.seen(FindingType.NOT_FOUND_UNTRACKED, "", () -> new Problem(FindingType.NOT_FOUND_UNTRACKED,
				"'%s' was tracked for another minute or more when it was answered with 404. It is no longer tracked, so another edge location may serve the removed page until it expires."
					.formatted(LogText.clean(path)),
				"Set 'cf.tracker.tracking.not-found=keep' to invalidate removed pages too, at one item for each. If removed pages may stay until they expire, add 'not-found-untracked' to 'cf.tracker.findings.ignore'. Otherwise the path is no longer reported a day after the last such 404."));
	}

	/**
	 * Return how many paths were tracked for more than a minute.
	 */
	long held() {
		return this.held.get();
	}

}
