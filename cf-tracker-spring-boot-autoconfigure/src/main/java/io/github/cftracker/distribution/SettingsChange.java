package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The difference between two readings of the settings: what was cached in between may
 * have another key or lifetime than what was tracked. Requests with a query string are
 * remembered and decided again; everything else can only be reported.
 */
public final class SettingsChange {

	private static final String PART = "settings changed";

	private final Distribution before;

	private final Distribution after;

	/**
	 * Create a change.
	 * @param before the settings as they were read before
	 * @param after the settings as they were read now
	 */
	public SettingsChange(Distribution before, Distribution after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Return whether objects may have another cache key or lifetime.
	 * @return whether it affects what is cached
	 */
	public boolean isRelevant() {
		return !keys(this.before).equals(keys(this.after)) || !describe().isEmpty();
	}

	/**
	 * Report what cannot be found by deciding about requests again.
	 * @param doctor collects the findings
	 * @param complete whether all requests with a query string are decided again
	 */
	public void report(Doctor doctor, boolean complete) {
		List<String> changes = describe();
		if (!complete) {
			changes.add("query strings of more requests than are remembered");
		}
		if (!changes.isEmpty()) {
			doctor.diagnosed(PART, List.of(new Problem(FindingType.SETTINGS_CHANGED,
					"The settings of the distribution changed while the application was running: %s. Objects that were cached before the change was read may stay longer than they are tracked, or under another path."
						.formatted(String.join(", ", changes)),
					"Invalidate the path '/*' once, or the paths of the changed cache behaviors.")));
		}
	}

	/**
	 * Remove the finding.
	 * @param doctor collects the findings
	 */
	public static void over(Doctor doctor) {
		doctor.diagnosed(PART, List.of());
	}

	private List<String> describe() {
		List<String> changes = new ArrayList<>();
		if (!this.before.defaultRootObject().equals(this.after.defaultRootObject())) {
			changes.add("default root object");
		}
		if (!behaviors(this.before).equals(behaviors(this.after))) {
			changes.add("cache behaviors");
		}
		else if (isAnyTtlLonger()) {
			changes.add("TTLs");
		}
		return changes;
	}

	private static List<List<Object>> behaviors(Distribution distribution) {
		return distribution.behaviors()
			.stream()
			.map((behavior) -> List.<Object>of(behavior.pattern(), behavior.origins(), behavior.cachedMethods(),
					behavior.functions(), behavior.failoverStatuses()))
			.toList();
	}

	/**
	 * Whether an object may be cached for longer than it was tracked.
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
			return (before == null) != (after == null);
		}
		return after.minTtl().compareTo(before.minTtl()) > 0 || after.defaultTtl().compareTo(before.defaultTtl()) > 0
				|| after.maxTtl().compareTo(before.maxTtl()) > 0;
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
