package io.github.cftracker.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the settings of a distribution show to be wrong. Pure.
 */
final class Diagnosis {

	private final List<Finding> findings = new ArrayList<>();

	private final Distribution distribution;

	private final Expectations expected;

	private Diagnosis(Distribution distribution, Expectations expected) {
		this.distribution = distribution;
		this.expected = expected;
	}

	static List<Finding> of(Distribution distribution, Expectations expected) {
		Diagnosis diagnosis = new Diagnosis(distribution, expected);
		diagnosis.examineDistribution();
		diagnosis.examineOrigin();
		diagnosis.examineSecretHeader();
		diagnosis.examineBehaviors();
		diagnosis.examineTags();
		return diagnosis.findings;
	}

	private void examineDistribution() {
		String id = this.expected.distributionId();
		if (this.distribution.tenantOnly()) {
			find("Distribution '%s' only serves distribution tenants, which cf-tracker cannot invalidate. CloudFront reports that it does not exist."
				.formatted(id), "Set 'cf.tracker.distribution-id' to a distribution that serves viewers directly.");
		}
		if (!this.distribution.enabled()) {
			find("Distribution '%s' is disabled and does not serve viewers.".formatted(id),
					"Enable it, or set 'cf.tracker.distribution-id' to the distribution in front of this application.");
		}
	}

	private void examineOrigin() {
		List<Origin> origins = this.distribution.applicationOrigins();
		String originId = this.expected.originId();
		List<Origin> named = origins.stream().filter((origin) -> origin.id().equals(originId)).toList();
		if (origins.isEmpty()) {
			find("All origins of distribution '%s' are S3 buckets, so no cache behavior forwards to this application."
				.formatted(this.expected.distributionId()),
					"Set 'cf.tracker.distribution-id' to the distribution in front of this application.");
		}
		else if (originId != null && named.isEmpty()) {
			find("'cf.tracker.distribution.origin-id' is '%s', but the distribution only has the origins %s."
				.formatted(originId, origins.stream().map((origin) -> "'" + origin.id() + "'").toList()),
					"Set 'cf.tracker.distribution.origin-id' to one of these, or remove it.");
		}
		examineOriginPath(named.isEmpty() ? origins : named);
	}

	private void examineOriginPath(List<Origin> origins) {
		String originPath = this.expected.originPath();
		if (originPath != null && !origins.isEmpty()
				&& origins.stream().noneMatch((origin) -> origin.path().equals(originPath))) {
			find("'cf.tracker.tracking.origin-path' is '%s', but CloudFront adds '%s'.".formatted(originPath,
					origins.get(0).path()),
					"Remove 'cf.tracker.tracking.origin-path'. The setting of the distribution is used instead.");
		}
	}

	private void examineSecretHeader() {
		String header = this.expected.secretHeader();
		boolean isAdded = header == null || this.distribution.applicationOrigins()
			.stream()
			.anyMatch((origin) -> origin.headers().contains(header.toLowerCase(Locale.ROOT)));
		if (!isAdded) {
			find("CloudFront does not add the header '%s' for any origin, so nothing is tracked unless an edge function adds it."
				.formatted(header),
					"Add it to the origin's custom headers, with one of the values in "
							+ "'cf.tracker.tracking.secret-header.values'.");
		}
	}

	private void examineBehaviors() {
		List<CacheBehavior> ours = this.distribution.behaviors().stream().filter(this::mayBeOurs).toList();
		if (!ours.isEmpty() && ours.stream().allMatch(CacheBehavior::isDisabled)) {
			find("No cache behavior that forwards to this application caches anything, so nothing is tracked.",
					"Use a cache policy with a MaxTTL greater than 0, or set 'cf.tracker.enabled=false'.");
		}
		ours.stream().filter((behavior) -> !behavior.isDisabled()).forEach(this::examineQueryStrings);
		this.distribution.behaviors()
			.stream()
			.filter((behavior) -> behavior.missingPolicy() != null)
			.forEach((behavior) -> find(
					"Cache policy '%s' of cache behavior '%s' does not exist, so the properties are used for its paths."
						.formatted(behavior.missingPolicy(), behavior.pattern()),
					"Attach an existing cache policy to the cache behavior."));
		if (this.distribution.behaviors()
			.stream()
			.anyMatch((behavior) -> behavior.policy() == null && behavior.missingPolicy() == null)) {
			find("A cache policy of distribution '%s' cannot be read, so the properties are used for its paths."
				.formatted(this.expected.distributionId()),
					"Grant 'cloudfront:GetCachePolicy', or set 'cf.tracker.distribution.mirror=false'.");
		}
	}

	private void examineQueryStrings(CacheBehavior behavior) {
		QueryStrings queryStrings = this.expected.queryStrings();
		CachePolicy policy = behavior.policy();
		if (queryStrings != null && policy != null && !queryStrings.equals(policy.queryStrings())) {
			find(("'cf.tracker.tracking.query-string' puts %s of the query parameters into the cache key, but cache "
					+ "behavior '%s' uses %s, so the tracked paths differ from the cached objects.")
				.formatted(queryStrings, behavior.pattern(), policy.queryStrings()),
					"Set 'cf.tracker.tracking.query-string.mode=auto' to use the setting of the distribution.");
		}
	}

	private void examineTags() {
		String expected = this.expected.tagHeader();
		String actual = this.distribution.tagHeader();
		if (expected != null && !expected.equalsIgnoreCase(actual)) {
			find(("'cf.tracker.tags.header' is '%s', but distribution '%s' reads cache tags %s and ignores the tags "
					+ "of this application. The paths with a tag are invalidated individually instead.")
				.formatted(expected, this.expected.distributionId(),
						(actual != null) ? "from '%s'".formatted(actual) : "from no header"),
					(actual != null) ? "Set 'cf.tracker.tags.header' to '%s'.".formatted(actual)
							: "Set the header in the distribution's CacheTagConfig, or remove "
									+ "'cf.tracker.tags.header'.");
		}
	}

	private boolean mayBeOurs(CacheBehavior behavior) {
		String originId = this.expected.originId();
		return behavior.origins()
			.stream()
			.anyMatch((origin) -> !origin.bucket() && (originId == null || origin.id().equals(originId)));
	}

	private void find(String problem, String fix) {
		this.findings.add(new Finding(problem, fix));
	}

}
