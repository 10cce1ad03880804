package io.github.cftracker.distribution;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what is wrong, and says each of it once in the log: what the settings of the
 * distribution show, and what requests show. The latter stays until the settings change
 * or the application is restarted.
 */
public final class Doctor {

	private static final Logger logger = LoggerFactory.getLogger(Doctor.class);

	private final Map<Topic, Finding> seen = new ConcurrentHashMap<>();

	private final Map<String, Finding> troubles = new ConcurrentHashMap<>();

	private final Map<String, Finding> notes = new ConcurrentHashMap<>();

	private final Set<Finding> said = new HashSet<>();

	private Map<String, List<Finding>> diagnosed = new LinkedHashMap<>();

	private @Nullable Distribution distribution;

	private volatile boolean nothingCached;

	/**
	 * Replaces what one part of the tracker has found.
	 * @param part whose findings
	 * @param findings what it finds now, empty if nothing
	 */
	public void diagnosed(String part, Collection<Finding> findings) {
		synchronized (this.said) {
			Map<String, List<Finding>> diagnosed = new LinkedHashMap<>(this.diagnosed);
			diagnosed.put(part, List.copyOf(findings));
			this.diagnosed = diagnosed;
			findings.forEach(this::say);
		}
	}

	/**
	 * Replace what keeps one part of the tracker from working. It is logged by that part.
	 * @param part the part
	 * @param finding the reason, {@code null} if the part works
	 */
	public void trouble(String part, @Nullable Finding finding) {
		replace(this.troubles, part, finding);
	}

	/**
	 * Replace a finding that is logged by the part which reports it.
	 * @param part the part
	 * @param finding the finding, {@code null} for none
	 */
	public void note(String part, @Nullable Finding finding) {
		replace(this.notes, part, finding);
	}

	private static void replace(Map<String, Finding> findings, String part, @Nullable Finding finding) {
		if (finding == null) {
			findings.remove(part);
		}
		else {
			findings.put(part, finding);
		}
	}

	/**
	 * Return whether any part of the tracker does not work.
	 * @return whether there is a {@linkplain #trouble trouble}
	 */
	public boolean isTroubled() {
		return !this.troubles.isEmpty();
	}

	/**
	 * Forgets what requests have shown under other settings.
	 * @param distribution the settings that are in effect from now on
	 */
	void settings(Distribution distribution) {
		synchronized (this.said) {
			if (!distribution.equals(this.distribution)) {
				this.distribution = distribution;
				this.nothingCached = distribution.behaviors().stream().allMatch(CacheBehavior::isDisabled);
				this.seen.clear();
			}
		}
	}

	/**
	 * What is wrong.
	 * @return the findings, each once
	 */
	public List<Finding> findings() {
		synchronized (this.said) {
			return Stream
				.of(this.troubles.values().stream(), this.notes.values().stream(),
						this.diagnosed.values().stream().flatMap(List::stream), this.seen.values().stream())
				.flatMap(Function.identity())
				.distinct()
				.toList();
		}
	}

	/**
	 * A page would be tracked, but is never cached. Where that goes for all of them it is
	 * said already.
	 * @param behavior its cache behavior
	 * @param path its path
	 */
	public void seenUncached(CacheBehavior behavior, String path) {
		if (!this.nothingCached && isNew("uncached", behavior.pattern())) {
			see("uncached", behavior.pattern(), new Finding(
					"Cache behavior '%s' caches nothing, so '%s' and the other paths it matches are not tracked."
						.formatted(behavior.pattern(), LogText.clean(path)),
					"Exclude these paths with 'cf.tracker.tracking.exclude', or use a cache policy with a MaxTTL "
							+ "greater than 0 for this behavior."));
		}
	}

	/**
	 * A page asks not to be cached, but is.
	 * @param behavior its cache behavior
	 * @param path its path
	 */
	public void seenCachedDespite(CacheBehavior behavior, String path) {
		if (isNew("cached despite", behavior.pattern())) {
			see("cached despite", behavior.pattern(), new Finding(
					("Cache behavior '%s' has a MinTTL greater than 0, so CloudFront caches '%s' although its "
							+ "response is no-store, no-cache or private.")
						.formatted(behavior.pattern(), LogText.clean(path)),
					"Set the MinTTL of its cache policy to 0, or use a behavior that caches nothing for such pages."));
		}
	}

	/**
	 * A path ends in {@code *} and would be taken for a wildcard over too much.
	 * @param path the path
	 */
	public void seenUnsendable(String path) {
		if (isNew("unsendable", "")) {
			see("unsendable", "", new Finding(
					("'%s' was requested but is not tracked, because CloudFront would treat it as a wildcard for all "
							+ "paths with this prefix.")
						.formatted(LogText.clean(path)),
					"Return 404 for such paths."));
		}
	}

	/**
	 * A path was asked for that no cache behavior of this application matches, so a
	 * function has rewritten it.
	 * @param path the path
	 */
	public void seenRewritten(String path) {
		if (isNew("rewritten", "")) {
			see("rewritten", "", new Finding(
					("'%s' was requested, but no cache behavior of this application matches it, so an edge function "
							+ "has rewritten it. It is tracked as the properties define, but the viewer's path is not "
							+ "tracked.")
						.formatted(LogText.clean(path)),
					"If the viewers' paths are cached too, track them with 'UrlTracker.track', or list them in "
							+ "'paths' of the invalidation request."));
		}
	}

	/**
	 * It cannot be told which origin this application is.
	 * @param host the {@code Host} of a request
	 */
	public void seenUnknownOrigin(@Nullable String host) {
		if (isNew("unknown origin", "")) {
			see("unknown origin", "", new Finding(
					("The distribution has several origins, and none of them has the domain name '%s' from the Host "
							+ "header. The paths of all origins are tracked.")
						.formatted(LogText.clean(host)),
					"Set 'cf.tracker.distribution.origin-id' to the id of this application's origin."));
		}
	}

	private boolean isNew(String topic, Object about) {
		return !this.seen.containsKey(new Topic(topic, about));
	}

	private void see(String topic, Object about, Finding finding) {
		synchronized (this.said) {
			if (this.seen.putIfAbsent(new Topic(topic, about), finding) == null) {
				say(finding);
			}
		}
	}

	private void say(Finding finding) {
		if (this.said.add(finding)) {
			logger.warn("{}", finding);
		}
	}

	private record Topic(String name, Object about) {
	}

}
