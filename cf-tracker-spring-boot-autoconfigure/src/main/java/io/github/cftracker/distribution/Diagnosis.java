package io.github.cftracker.distribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.Distribution.Trait;

/**
 * Problems in the settings of a distribution. Without side effects.
 */
final class Diagnosis {

	private static final int MAX_NAMED = 3;

	private static final int NOT_FOUND = 404;

	private final List<Problem> problems = new ArrayList<>();

	private final Distribution distribution;

	private final ExpectedSettings expected;

	private Diagnosis(Distribution distribution, ExpectedSettings expected) {
		this.distribution = distribution;
		this.expected = expected;
	}

	static List<Problem> of(Distribution distribution, ExpectedSettings expected) {
		Diagnosis diagnosis = new Diagnosis(distribution, expected);
		diagnosis.examineDistribution();
		diagnosis.examineDeployment();
		diagnosis.examineOrigin();
		diagnosis.examineSecretHeader();
		diagnosis.examineBehaviors();
		diagnosis.examineFunctions();
		diagnosis.examineFailover();
		diagnosis.examineTags();
		return diagnosis.problems;
	}

	private void examineDistribution() {
		String id = this.expected.distributionId();
		if (this.distribution.traits().contains(Trait.TENANT_ONLY)) {
			find(FindingType.TENANT_ONLY,
					"Distribution '%s' only serves distribution tenants, which cf-tracker cannot invalidate. CloudFront reports that it does not exist."
						.formatted(id),
					"Set 'cf.tracker.distribution-id' to a distribution that serves viewers directly.");
		}
		if (this.distribution.traits().contains(Trait.DISABLED)) {
			find(FindingType.DISTRIBUTION_DISABLED,
					"Distribution '%s' is disabled and does not serve viewers.".formatted(id),
					"Enable it, or set 'cf.tracker.distribution-id' to the distribution in front of this application.");
		}
	}

	private void examineDeployment() {
		String id = this.expected.distributionId();
		if (this.distribution.traits().contains(Trait.STAGING)) {
			find(FindingType.STAGING_DISTRIBUTION,
					"Distribution '%s' is a staging distribution. The primary distribution has another cache, which is not invalidated."
						.formatted(id),
					"Set 'cf.tracker.distribution-id' to the primary distribution.");
		}
		if (this.distribution.traits().contains(Trait.CONTINUOUS_DEPLOYMENT)) {
			find(FindingType.CONTINUOUS_DEPLOYMENT,
					"Distribution '%s' has a continuous deployment policy: some viewers are served from the cache of a staging distribution, which is not invalidated."
						.formatted(id),
					"Promote or disable the staging distribution, and then detach the continuous deployment policy from the distribution. Until then, invalidate the staging distribution separately.");
		}
		UnreadSettings unread = this.distribution.unread();
		if (!unread.names().isEmpty()) {
			find(FindingType.SDK_TOO_OLD,
					"%s and cannot read all settings of distribution '%s': %s.".formatted(unread.reason(), id,
							unread.names()
								.stream()
								.sorted()
								.map(UnreadSettings.Setting::description)
								.collect(Collectors.joining(", "))),
					"Use the version of 'software.amazon.awssdk:cloudfront' that the starter brings, or a newer one.");
		}
	}

	private void examineOrigin() {
		List<Origin> origins = this.distribution.applicationOrigins();
		String originId = this.expected.originId();
		List<Origin> named = origins.stream().filter((origin) -> origin.id().equals(originId)).toList();
		if (origins.isEmpty()) {
			find(FindingType.NO_APPLICATION_ORIGIN,
					"All origins of distribution '%s' are S3 buckets, so no cache behavior forwards to this application."
						.formatted(this.expected.distributionId()),
					"Set 'cf.tracker.distribution-id' to the distribution in front of this application.");
		}
		else if (originId != null && named.isEmpty()) {
			find(FindingType.UNKNOWN_ORIGIN_ID,
					"'cf.tracker.distribution.origin-id' is '%s', but the distribution only has the origins %s."
						.formatted(originId, origins.stream().map((origin) -> "'" + origin.id() + "'").toList()),
					"Set 'cf.tracker.distribution.origin-id' to one of these, or remove it.");
		}
		examineOriginPath(named.isEmpty() ? origins : named);
	}

	private void examineOriginPath(List<Origin> origins) {
		String originPath = this.expected.originPath();
		if (originPath != null && !origins.isEmpty()
				&& origins.stream().noneMatch((origin) -> origin.path().equals(originPath))) {
			find(FindingType.ORIGIN_PATH_MISMATCH,
					"'cf.tracker.tracking.origin-path' is '%s', but CloudFront adds '%s'.".formatted(originPath,
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
			find(FindingType.SECRET_HEADER_MISSING,
					"CloudFront does not add the header '%s' for any origin, so nothing is tracked unless an edge function adds it."
						.formatted(header),
					"Add it to the origin's custom headers, with one of the values in "
							+ "'cf.tracker.tracking.secret-header.values'.");
		}
	}

	private void examineBehaviors() {
		List<CacheBehavior> ours = this.distribution.behaviors().stream().filter(this::mayBeOurs).toList();
		if (!ours.isEmpty() && ours.stream().allMatch(CacheBehavior::isDisabled)) {
			find(FindingType.NOTHING_CACHED,
					"No cache behavior that forwards to this application caches anything, so nothing is tracked.",
					"Use a cache policy with a MaxTTL greater than 0, or set 'cf.tracker.enabled=false'.");
		}
		ours.stream().filter((behavior) -> !behavior.isDisabled()).forEach(this::examineQueryStrings);
		this.distribution.behaviors()
			.stream()
			.filter((behavior) -> behavior.missingPolicy() != null)
			.forEach((behavior) -> find(FindingType.CACHE_POLICY_MISSING, behavior,
					"Cache policy '%s' of cache behavior '%s' does not exist, so the properties are used for its paths."
						.formatted(behavior.missingPolicy(), behavior.pattern()),
					"Attach an existing cache policy to the cache behavior."));
		if (this.distribution.behaviors()
			.stream()
			.anyMatch((behavior) -> behavior.policy() == null && behavior.missingPolicy() == null)) {
			find(FindingType.CACHE_POLICY_UNREADABLE,
					"A cache policy of distribution '%s' cannot be read, so the properties are used for its paths."
						.formatted(this.expected.distributionId()),
					"Grant 'cloudfront:GetCachePolicy', or set 'cf.tracker.distribution.mirror=false'.");
		}
	}

	private void examineFunctions() {
		if (this.expected.pathHeader() == null) {
			Map<EdgeFunction, List<CacheBehavior>> functions = new LinkedHashMap<>();
			this.distribution.behaviors()
				.stream()
				.filter((behavior) -> mayBeOurs(behavior) && !behavior.isDisabled())
				.forEach((behavior) -> new LinkedHashSet<>(behavior.functions()).forEach(
						(function) -> functions.computeIfAbsent(function, (key) -> new ArrayList<>()).add(behavior)));
			functions.forEach(this::examineFunction);
		}
	}

	private void examineFunction(EdgeFunction function, List<CacheBehavior> behaviors) {
		FindingType type;
		String text;
		String forward = "";
		if (function.event() == EdgeFunction.Event.ORIGIN_REQUEST) {
			type = FindingType.ORIGIN_REQUEST_FUNCTION;
			text = "Origin-request function '%s' of %s may rewrite paths behind the cache. CloudFront then caches the viewer's path, but the rewritten path is tracked and invalidated.";
		}
		else {
			type = FindingType.VIEWER_REQUEST_FUNCTION;
			text = "Viewer-request function '%s' of %s may rewrite paths before the cache. Only the rewritten path is tracked and invalidated, and AWS recommends to invalidate the viewer's path too.";
			forward = " The origin request policy must forward this header.";
		}
		this.problems.add(new Problem(type, function.name(), text.formatted(function.name(), names(behaviors)),
				"Let the function add a request header with the viewer's path, and set 'cf.tracker.tracking.path-header' to its name.%s If the function does not rewrite paths, add '%s' to 'cf.tracker.findings.ignore'."
					.formatted(forward, type.id())));
	}

	private static String names(List<CacheBehavior> behaviors) {
		String names = behaviors.stream()
			.limit(MAX_NAMED)
			.map((behavior) -> "'" + behavior.pattern() + "'")
			.collect(Collectors.joining(", "));
		int more = behaviors.size() - MAX_NAMED;
		return ((behaviors.size() == 1) ? "cache behavior " : "cache behaviors ") + names
				+ ((more > 0) ? " and %d more".formatted(more) : "");
	}

	private void examineFailover() {
		this.distribution.behaviors()
			.stream()
			.filter((behavior) -> behavior.origins().size() > 1 && mayBeOurs(behavior.origins().get(0))
					&& behavior.failoverStatuses().contains(NOT_FOUND))
			.forEach((behavior) -> find(FindingType.ORIGIN_FAILOVER, behavior,
					"Cache behavior '%s' requests paths that this application answers with 404 from origin '%s'. What that origin answers is cached under the same path, but only tracked if this application has answered with a page before."
						.formatted(behavior.pattern(), behavior.origins().get(1).id()),
					"Invalidate the path by name when this application begins to have such a page, or remove 404 from the failover criteria of the origin group. If neither is needed, add 'origin-failover' to 'cf.tracker.findings.ignore'."));
	}

	private void examineQueryStrings(CacheBehavior behavior) {
		QueryStrings queryStrings = this.expected.queryStrings();
		CachePolicy policy = behavior.policy();
		if (queryStrings != null && policy != null && !queryStrings.equals(policy.queryStrings())) {
			find(FindingType.QUERY_STRING_MISMATCH, behavior,
					("'cf.tracker.tracking.query-string' puts %s of the query parameters into the cache key, but cache "
							+ "behavior '%s' uses %s, so the tracked paths differ from the cached objects.")
						.formatted(queryStrings, behavior.pattern(), policy.queryStrings()),
					"Set 'cf.tracker.tracking.query-string.mode=auto' to use the setting of the distribution.");
		}
	}

	private void examineTags() {
		String expected = this.expected.tagHeader();
		String actual = this.distribution.tagHeader();
		if (expected != null && !this.distribution.readsTagsFrom(expected)) {
			find(FindingType.TAG_HEADER_MISMATCH,
					("'cf.tracker.tags.header' is '%s', but distribution '%s' reads cache tags %s and ignores the tags "
							+ "of this application. The paths with a tag are invalidated individually instead.")
						.formatted(expected, this.expected.distributionId(),
								(actual != null) ? "from '%s'".formatted(actual) : "from no header"),
					(actual != null) ? "Set 'cf.tracker.tags.header' to '%s'.".formatted(actual)
							: "Set the header in the distribution's CacheTagConfig, or remove "
									+ "'cf.tracker.tags.header'.");
		}
	}

	private boolean mayBeOurs(CacheBehavior behavior) {
		return behavior.origins().stream().anyMatch(this::mayBeOurs);
	}

	private boolean mayBeOurs(Origin origin) {
		String originId = this.expected.originId();
		return !origin.bucket() && (originId == null || origin.id().equals(originId));
	}

	private void find(FindingType type, String text, String fix) {
		this.problems.add(new Problem(type, text, fix));
	}

	private void find(FindingType type, CacheBehavior behavior, String text, String fix) {
		this.problems.add(new Problem(type, behavior.pattern().toString(), text, fix));
	}

}
