package io.github.cftracker.tracking;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

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
 * Rules of a known distribution, different ones for each cache behavior.
 * <p>
 * The properties define which origin this application is. Otherwise it is the only origin
 * that is not a bucket, or the one that the {@code Host} of the request names. If it is
 * still unknown, a request with the headers of CloudFront may be for any origin. A
 * request that the behavior of another origin would have answered has not come from
 * CloudFront, and its path is another origin's object.
 */
final class DistributionRules implements RuleSet {

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

	/**
	 * Create rules.
	 * @param distribution the settings of the distribution
	 * @param settings the settings of the properties
	 * @param doctor collects the findings, {@code null} to report none
	 * @param formers the rules that CloudFront may still apply
	 */
	DistributionRules(Distribution distribution, TrackingSettings settings, @Nullable DistributionDoctor doctor,
			FormerRules formers) {
		this.distribution = distribution;
		boolean caches = !distribution.behaviors().stream().allMatch(CacheBehavior::isDisabled);
		this.findings = new RequestFindings(doctor, caches, formers);
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
				: settings.lifetimes().withTtls(policy.ttls());
		QueryStrings queryStrings = settings.queryStrings();
		if (queryStrings == null && policy != null) {
			queryStrings = policy.queryStrings();
		}
		return new BehaviorRules(behavior, new TrackingPolicy(methods, lifetimes, this.distribution.errorTtls()),
				new PathMapping(queryStrings, this.distribution.defaultRootObject(), this.safety), this.findings,
				failsOver(behavior));
	}

	/**
	 * Return whether CloudFront requests another origin if this application answers with
	 * 404.
	 */
	private boolean failsOver(CacheBehavior behavior) {
		return behavior.failoverStatuses().contains(404) && !behavior.origins().isEmpty()
				&& this.origins.contains(behavior.origins().get(0));
	}

	/**
	 * Return the methods of a behavior, unless the properties define other ones than
	 * usual.
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
			String path = request.pathWithout(originPath);
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
	 * Report that the header with the viewer's path is missing. A function may also have
	 * rewritten the path so that it matches another behavior, which has no function. That
	 * is certain only if the header is missing from all requests.
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
	 * Return the rules for a path that a function has rewritten after CloudFront had
	 * chosen the behavior by the viewer's path: it is unknown which behavior that was.
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
			String path = request.pathWithout(originPath);
			if (path != null) {
				this.findings.rewritten(path);
				return new RequestRules(this.rewrittenRules, path, request.query(), false);
			}
		}
		return null;
	}

	/**
	 * Report a request of CloudFront that no behavior matches: it is unknown under which
	 * path CloudFront caches the response. A direct request is ignored.
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
		String received = behavior.rewritesAt(Event.VIEWER_REQUEST) ? received(behavior, request) : null;
		return (received != null && !received.equals(path)) ? ofViewer.and(received, request.query()) : ofViewer;
	}

	/**
	 * Return the path under which CloudFront caches the response if a function has
	 * rewritten the viewer's path before.
	 */
	private @Nullable String received(CacheBehavior behavior, OriginRequest request) {
		for (String originPath : this.originPaths) {
			String received = request.pathWithout(originPath);
			if (received != null && asks(behavior, this.origins, originPath)) {
				return received;
			}
		}
		return null;
	}

	/**
	 * Return the origins that the request may be for.
	 */
	private List<Origin> asked(OriginRequest request) {
		if (this.origins.size() < 2 || !request.isIdentified()) {
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
