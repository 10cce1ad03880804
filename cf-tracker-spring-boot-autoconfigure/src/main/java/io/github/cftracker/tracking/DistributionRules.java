package io.github.cftracker.tracking;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.EdgeFunction.Event;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a distribution that is known: for each cache behavior its own.
 * <p>
 * Which origin this application is, the properties say, or there is only one that is no
 * bucket, or the {@code Host} of the request tells. Where nothing does, a request that
 * says that CloudFront has sent it may be for any of them. A request that another
 * origin's behavior would have answered has not come from CloudFront, and its path is
 * another origin's object.
 */
final class DistributionRules implements TrackingRules.RuleSet {

	private static final int MANY = 100;

	private static final Set<String> ORDINARY_METHODS = Set.of("GET", "HEAD");

	private final IdentityHashMap<CacheBehavior, BehaviorRules> rules = new IdentityHashMap<>();

	private final Set<String> methods = new LinkedHashSet<>();

	private final Distribution distribution;

	private final List<Origin> origins;

	private final List<String> originPaths;

	private final @Nullable String fixedOriginPath;

	private final WildcardSafety safety;

	private final RequestFindings findings;

	private final boolean headerMayBeForged;

	private final boolean rewrites;

	private final boolean identifies;

	private final BehaviorRules rewrittenRules;

	private final AtomicInteger withoutPathHeader = new AtomicInteger();

	private volatile boolean pathHeaderSeen;

	DistributionRules(Distribution distribution, TrackingSettings settings, @Nullable DistributionDoctor doctor,
			BooleanSupplier quiet) {
		this.distribution = distribution;
		boolean caches = !distribution.behaviors().stream().allMatch(CacheBehavior::isDisabled);
		this.findings = new RequestFindings(doctor, caches, quiet);
		this.safety = new WildcardSafety(settings.protectedPrefixes(), distribution);
		this.fixedOriginPath = settings.originPath();
		this.headerMayBeForged = !settings.secret();
		List<Origin> all = distribution.applicationOrigins();
		List<Origin> named = all.stream().filter((origin) -> origin.id().equals(settings.originId())).toList();
		this.origins = named.isEmpty() ? all : named;
		this.originPaths = this.origins.stream()
			.map(this::pathOf)
			.distinct()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
		for (CacheBehavior behavior : distribution.behaviors()) {
			Set<String> methods = methods(behavior, settings.methods());
			this.methods.addAll(methods);
			this.rules.put(behavior, rules(behavior, methods, settings));
		}
		this.rewrites = distribution.behaviors()
			.stream()
			.anyMatch((behavior) -> behavior.rewrites() && asks(behavior, this.origins, null));
		this.identifies = this.origins.size() > 1 || this.originPaths.stream().anyMatch((path) -> !path.isEmpty())
				|| distribution.behaviors()
					.stream()
					.anyMatch((behavior) -> behavior.rewrites() || !asks(behavior, this.origins, null));
		this.rewrittenRules = new BehaviorRules(null, new TrackingPolicy(this.methods, settings.lifetimes()),
				new PathMapping(settings.queryStrings(), distribution.defaultRootObject(), this.safety), this.findings,
				false);
	}

	private BehaviorRules rules(CacheBehavior behavior, Set<String> methods, TrackingSettings settings) {
		CachePolicy policy = behavior.policy();
		LifetimePolicy lifetimes = (policy == null || policy.isDisabled()) ? settings.lifetimes()
				: settings.lifetimes().withTtls(policy.minTtl(), policy.defaultTtl(), policy.maxTtl());
		QueryStrings queryStrings = settings.queryStrings();
		if (queryStrings == null && policy != null) {
			queryStrings = policy.queryStrings();
		}
		return new BehaviorRules(behavior, new TrackingPolicy(methods, lifetimes, this.distribution.errorTtls()),
				new PathMapping(queryStrings, this.distribution.defaultRootObject(), this.safety), this.findings,
				failsOver(behavior));
	}

	/**
	 * Whether CloudFront asks another origin where this application answers with 404.
	 */
	private boolean failsOver(CacheBehavior behavior) {
		return behavior.failoverStatuses().contains(404) && !behavior.origins().isEmpty()
				&& this.origins.contains(behavior.origins().get(0));
	}

	/**
	 * Methods that somebody has chosen stay as they are.
	 */
	private static Set<String> methods(CacheBehavior behavior, Set<String> methods) {
		return ORDINARY_METHODS.equals(methods) ? behavior.cachedMethods() : methods;
	}

	private String pathOf(Origin origin) {
		return (this.fixedOriginPath != null) ? this.fixedOriginPath : origin.path();
	}

	@Override
	public Set<String> methods() {
		return this.methods;
	}

	@Override
	public boolean distinguishOrigins() {
		return this.identifies;
	}

	@Override
	public @Nullable RequestRules of(OriginRequest request) {
		List<Origin> asked = asked(request);
		String viewerPath = request.viewerPath();
		if (viewerPath != null) {
			seePathHeader();
			CacheBehavior behavior = this.distribution.behaviorOf(viewerPath);
			return asks(behavior, asked, null) ? rules(behavior, viewerPath, request) : outside(viewerPath, request);
		}
		for (String originPath : this.originPaths) {
			String path = TrackingRules.RuleSet.without(originPath, request.path());
			RequestRules rules = (path != null) ? rules(path, originPath, asked, request) : null;
			if (rules != null) {
				return rules;
			}
		}
		return asked.isEmpty() ? null : rewritten(request);
	}

	/**
	 * Return the rules of the behavior of a path. It is not documented whether CloudFront
	 * chooses the behavior of the default root object by its path or by {@code /}, so the
	 * rules of both apply to it.
	 */
	private @Nullable RequestRules rules(String path, String originPath, List<Origin> asked, OriginRequest request) {
		CacheBehavior behavior = this.distribution.behaviorOf(path);
		RequestRules rules = rules(behavior, path, originPath, asked, request);
		String rootObject = this.distribution.defaultRootObject();
		if (rootObject.isEmpty() || !path.equals('/' + rootObject)) {
			return rules;
		}
		CacheBehavior ofRoot = this.distribution.behaviorOf("/");
		RequestRules others = !ofRoot.equals(behavior) ? rules(ofRoot, path, originPath, asked, request) : null;
		return (rules == null || others == null) ? ((rules != null) ? rules : others) : rules.and(others);
	}

	private @Nullable RequestRules rules(CacheBehavior behavior, String path, String originPath, List<Origin> asked,
			OriginRequest request) {
		if (!asks(behavior, asked, originPath)) {
			return null;
		}
		if (request.lacksViewerTarget() && request.fromCloudFront()) {
			lacksPathHeader(behavior, path);
		}
		return rules(behavior, path, request);
	}

	/**
	 * A function may have rewritten the path so that it matches another behavior, which
	 * has no function. That is certain only if the header is missing from all requests.
	 */
	private void lacksPathHeader(CacheBehavior behavior, String path) {
		if (behavior.rewrites()) {
			this.findings.noPathHeader(behavior, path);
		}
		else if (this.rewrites && !this.pathHeaderSeen && this.withoutPathHeader.incrementAndGet() == MANY) {
			this.findings.noPathHeaderAtAll(path);
		}
	}

	private void seePathHeader() {
		if (!this.pathHeaderSeen) {
			this.pathHeaderSeen = true;
			this.findings.pathHeaderSeen();
		}
	}

	/**
	 * A function chose the path after the viewer's had chosen the behavior, so no
	 * behavior's rules are certain.
	 */
	private @Nullable RequestRules rewritten(OriginRequest request) {
		if (!this.rewrites) {
			return outside(request.path(), request);
		}
		if (request.isIdentified() && !request.fromCloudFront()) {
			// A function of CloudFront has not rewritten it
			return null;
		}
		for (String originPath : this.originPaths) {
			String path = TrackingRules.RuleSet.without(originPath, request.path());
			if (path != null) {
				this.findings.rewritten(path);
				return new RequestRules(this.rewrittenRules, path, request.query(), false);
			}
		}
		return null;
	}

	/**
	 * A direct request that no behavior matches is ignored. One that CloudFront has sent
	 * is for an object whose path is not known.
	 */
	private @Nullable RequestRules outside(String path, OriginRequest request) {
		if (request.fromCloudFront()) {
			this.findings.outside(path);
		}
		return null;
	}

	private RequestRules rules(CacheBehavior behavior, String path, OriginRequest request) {
		BehaviorRules rules = Objects.requireNonNull(this.rules.get(behavior));
		if (request.viewerPath() == null) {
			return new RequestRules(rules, path, request.query(), false);
		}
		RequestRules ofViewer = new RequestRules(rules, path, request.viewerQuery(), this.headerMayBeForged);
		String received = behavior.rewritesAt(Event.VIEWER_REQUEST) ? received(behavior, request.path()) : null;
		return (received != null && !received.equals(path)) ? ofViewer.and(received, request.query()) : ofViewer;
	}

	/**
	 * The path that CloudFront caches by where a function has rewritten it before.
	 */
	private @Nullable String received(CacheBehavior behavior, String path) {
		for (String originPath : this.originPaths) {
			String received = TrackingRules.RuleSet.without(originPath, path);
			if (received != null && asks(behavior, this.origins, originPath)) {
				return received;
			}
		}
		return null;
	}

	/**
	 * The origins that this request can have been meant for.
	 */
	private List<Origin> asked(OriginRequest request) {
		if (this.origins.size() < 2) {
			return this.origins;
		}
		if (!request.isIdentified()) {
			return this.origins;
		}
		List<Origin> asked = this.origins.stream().filter((origin) -> request.isFor(origin.domainName())).toList();
		if (asked.isEmpty() && request.fromCloudFront()) {
			this.findings.unknownOrigin(request.host());
			return this.origins;
		}
		return asked;
	}

	private boolean asks(CacheBehavior behavior, List<Origin> asked, @Nullable String originPath) {
		for (Origin origin : behavior.origins()) {
			if (asked.contains(origin) && (originPath == null || pathOf(origin).equals(originPath))) {
				return true;
			}
		}
		return false;
	}

	@Override
	public WildcardSafety safety() {
		return this.safety;
	}

}
