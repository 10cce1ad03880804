package io.github.cftracker.distribution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Difference between two readings of the settings. Objects that were cached in between
 * may have another key or lifetime than the tracked ones. Requests with a query string
 * are remembered and decided again; all other changes can only be reported.
 */
public final class SettingsChange {

	private static final String FIX = "Invalidate the path '/*' once. The finding disappears after a day.";

	private static final String ROOT_OBJECT = "default root object";

	private static final String BEHAVIORS = "cache behaviors";

	private static final String TTLS = "TTLs";

	private static final String UNKNOWN = "between two nodes, or while no node was running";

	private static final String QUERY_STRINGS = "query strings of more requests than are remembered";

	private final Distribution before;

	private final Distribution after;

	/**
	 * Create a change.
	 * @param before the settings of the former reading
	 * @param after the settings of the current reading
	 */
	public SettingsChange(Distribution before, Distribution after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Return whether objects may have another cache key, lifetime or cache tags.
	 * @return whether it affects what is cached
	 */
	public boolean isRelevant() {
		return !keys(this.before).equals(keys(this.after))
				|| !Objects.equals(this.before.tagHeader(), this.after.tagHeader()) || !describe().isEmpty();
	}

	/**
	 * Report the changes that cannot be handled by deciding about requests again. A
	 * finding for each kind of change stays until {@link #over} or for a day.
	 * @param doctor the collector of the findings
	 * @param complete whether all requests with a query string are decided again
	 */
	public void report(DistributionDoctor doctor, boolean complete) {
		List<String> changes = describe();
		if (!complete) {
			changes.add(QUERY_STRINGS);
		}
		changes.forEach((change) -> doctor.seen(FindingType.SETTINGS_CHANGED, change, () -> new Problem(
				FindingType.SETTINGS_CHANGED, change,
				"The settings of the distribution changed while the application was running: %s. Objects that were cached before the change was read may stay longer than they are tracked, or under another path."
					.formatted(change),
				"Invalidate the path '/*' once. The finding disappears after a day.")));
	}

	/**
	 * Report that the settings have changed since another node, or this one before a
	 * restart, has read them. Requests that were tracked then cannot be decided again.
	 * @param doctor the collector of the findings
	 */
	static void reportUnknown(DistributionDoctor doctor) {
		doctor.seen(FindingType.SETTINGS_CHANGED, UNKNOWN, () -> new Problem(FindingType.SETTINGS_CHANGED, UNKNOWN,
				"The settings of the distribution have changed since a node of this application read them before this one was started. Objects that were cached in between may stay longer than they are tracked, or under another path.",
				FIX));
	}

	/**
	 * Return a text that differs if any setting has changed that affects cached objects.
	 * It is the same on each node.
	 * @param distribution the settings
	 */
	static String version(Distribution distribution) {
		String settings = Stream
			.of(keys(distribution), behaviors(distribution), ttls(distribution), distribution.defaultRootObject(),
					new TreeMap<>(distribution.errorTtls()), String.valueOf(distribution.tagHeader()))
			.map(String::valueOf)
			.collect(Collectors.joining("\n"));
		return UUID.nameUUIDFromBytes(settings.getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static List<String> ttls(Distribution distribution) {
		return distribution.behaviors()
			.stream()
			.map(CacheBehavior::policy)
			.map((policy) -> (policy != null) ? text(policy.ttls()) : "")
			.toList();
	}

	private static String text(Ttls ttls) {
		return ttls.min() + " " + ttls.defaultTtl() + " " + ttls.max();
	}

	/**
	 * Remove the findings, because everything was invalidated.
	 * @param doctor the collector of the findings
	 */
	public static void over(DistributionDoctor doctor) {
		List.of(ROOT_OBJECT, BEHAVIORS, TTLS, QUERY_STRINGS, UNKNOWN)
			.forEach((change) -> doctor.over(FindingType.SETTINGS_CHANGED, change));
	}

	private List<String> describe() {
		List<String> changes = new ArrayList<>();
		if (!this.before.defaultRootObject().equals(this.after.defaultRootObject())) {
			changes.add(ROOT_OBJECT);
		}
		if (!behaviors(this.before).equals(behaviors(this.after))) {
			changes.add(BEHAVIORS);
		}
		else if (isAnyTtlLonger()) {
			changes.add(TTLS);
		}
		return changes;
	}

	/**
	 * Return the settings that determine the tracked path of an object, apart from the
	 * query string.
	 */
	private static List<List<Object>> behaviors(Distribution distribution) {
		return distribution.behaviors()
			.stream()
			.map((behavior) -> List.<Object>of(behavior.pattern(),
					behavior.origins()
						.stream()
						.map((origin) -> List.of(origin.id(), origin.path(), origin.bucket()))
						.toList(),
					behavior.cachedMethods(),
					behavior.functions().stream().map(EdgeFunction::event).distinct().toList(),
					behavior.failoverStatuses()))
			.toList();
	}

	/**
	 * Return whether an object may be cached for longer than it is tracked.
	 */
	private boolean isAnyTtlLonger() {
		boolean ofErrors = this.after.errorTtls()
			.entrySet()
			.stream()
			.anyMatch((ttl) -> ttl.getValue()
				.compareTo(this.before.errorTtls().getOrDefault(ttl.getKey(), Duration.ZERO)) > 0);
		return ofErrors || IntStream.range(0, this.after.behaviors().size())
			.anyMatch((i) -> isLonger(this.before.behaviors().get(i).policy(), this.after.behaviors().get(i).policy()));
	}

	private static boolean isLonger(@Nullable CachePolicy before, @Nullable CachePolicy after) {
		if (before == null || after == null) {
			// A policy that could not be read is a finding already
			return false;
		}
		return after.ttls().isLongerThan(before.ttls());
	}

	private static List<@Nullable Object> keys(Distribution distribution) {
		List<@Nullable Object> keys = new ArrayList<>();
		for (CacheBehavior behavior : distribution.behaviors()) {
			CachePolicy policy = behavior.policy();
			keys.add((policy != null) ? policy.queryStrings() : null);
		}
		return keys;
	}

}
