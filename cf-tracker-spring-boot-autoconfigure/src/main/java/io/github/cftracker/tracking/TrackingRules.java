package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.github.cftracker.Selection;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.SettingsChange;
import io.github.cftracker.distribution.SettingsUser;
import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Rules for requests: those of the cache behavior once the distribution is known, those
 * of the properties until then. Safe for use by several threads.
 * <p>
 * CloudFront takes minutes to deploy a change. For five minutes after the settings have
 * changed, paths are tracked as both the former and the new settings define.
 */
public final class TrackingRules implements SettingsUser {

	private static final Duration DEPLOYMENT = Duration.ofMinutes(5);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final TrackingSettings settings;

	private final DistributionDoctor doctor;

	private final ResponseFindings responses;

	private final PendingDecisions pending;

	private final RecentQueries recent = new RecentQueries();

	private final Map<Decision.Action, LongAdder> decided = new EnumMap<>(Decision.Action.class);

	private final KnownLifetimes lifetimes = new KnownLifetimes();

	private volatile RuleSet rules;

	private final FormerRules formers;

	private volatile @Nullable RuleSet replaced;

	private @Nullable Distribution distribution;

	/**
	 * Create rules that do not know the distribution yet.
	 * @param settings the settings of the properties
	 * @param doctor collects the findings of requests
	 * @param maxUndecided maximum number of decisions that wait for the distribution
	 */
	public TrackingRules(TrackingSettings settings, DistributionDoctor doctor, int maxUndecided) {
		this(settings, doctor, PATIENCE, maxUndecided, DEPLOYMENT);
	}

	TrackingRules(TrackingSettings settings, DistributionDoctor doctor, Duration patience, int maxUndecided,
			Duration deployment) {
		this.formers = new FormerRules(deployment);
		this.pending = new PendingDecisions(patience, maxUndecided);
		this.settings = settings;
		this.doctor = doctor;
		this.responses = new ResponseFindings(doctor, settings.lifetimes().clock());
		this.rules = new PropertyRules(settings, new RequestFindings(doctor, true, this.formers));
		for (Decision.Action action : Decision.Action.values()) {
			this.decided.put(action, new LongAdder());
		}
	}

	@Override
	public void reading() {
		this.recent.reading();
	}

	@Override
	public void unread(boolean soon) {
		this.recent.unread();
		if (!soon) {
			this.pending.end();
		}
	}

	/**
	 * Apply the settings of a distribution. Decisions that may be wrong are made again.
	 * @param distribution its settings
	 */
	@Override
	public synchronized void use(Distribution distribution) {
		Distribution before = this.distribution;
		this.distribution = distribution;
		this.formers.removeExpired();
		if (distribution.equals(before)) {
			this.recent.same();
		}
		else {
			changed(before, distribution);
		}
		this.pending.end();
	}

	private void changed(@Nullable Distribution before, Distribution after) {
		SettingsChange change = (before != null) ? new SettingsChange(before, after) : null;
		boolean relevant = change != null && change.isRelevant();
		if (before != null && relevant) {
			this.formers.add(new DistributionRules(before, this.settings, null, this.formers));
		}
		this.replaced = this.rules;
		this.rules = new DistributionRules(after, this.settings, this.doctor, this.formers);
		this.lifetimes.forget();
		// What is decided from here on is found under the new settings
		this.doctor.settings(after);
		if (change == null) {
			this.recent.decideAgain();
		}
		else if (relevant) {
			change.report(this.doctor, this.recent.decideAgain());
		}
		else {
			this.recent.same();
		}
	}

	/**
	 * Defer decisions, for two minutes at most, because the settings of the distribution
	 * are about to be read.
	 */
	public void expectDistribution() {
		this.pending.expect();
	}

	/**
	 * Stop deferring decisions. Returns when those that wait are made.
	 */
	public void expectNothing() {
		this.pending.stop();
	}

	/**
	 * Wait until no decision waits for the distribution. After the given time, make those
	 * that still wait, as the properties define.
	 * @param patience how long to wait
	 */
	public void awaitDecisions(Duration patience) {
		this.pending.await(patience);
	}

	/**
	 * Make a decision now, or as soon as the expected distribution is known.
	 * @param decision uses these rules, and must not refer to the container's request
	 */
	public void whenKnown(Runnable decision) {
		this.pending.run(decision);
	}

	/**
	 * Remember that a request with a query string was tracked. The decision is made again
	 * if the settings of the distribution turn out to be others, at once if that is known
	 * already.
	 * @param request the request
	 * @param version the {@link #version()} before the decision
	 * @param decision uses these rules again, and must not refer to the container's
	 * request. Equal to another one if both decide the same
	 */
	public void remember(OriginRequest request, Object version, Runnable decision) {
		this.recent.remember(request.target(), decision);
		if (version != this.rules) {
			decision.run();
		}
	}

	/**
	 * Return which settings are in effect.
	 * @return an object, another one after a change
	 */
	public Object version() {
		return this.rules;
	}

	@Override
	public boolean dependsOnSettings() {
		return !this.recent.isEmpty();
	}

	/**
	 * Return whether any behavior may cache responses to a method, also one that is about
	 * to be known.
	 * @param method the request method
	 * @return whether to look for rules
	 */
	public boolean considers(String method) {
		return this.rules.methods().contains(method) || ("OPTIONS".equals(method) && this.pending.isExpecting())
				|| this.formers.considers(method);
	}

	/**
	 * Return whether the rules for a request depend on its {@code Host} and on who has
	 * sent it.
	 * @return whether the application may be one of several origins, as far as is known
	 */
	public boolean distinguishOrigins() {
		return this.pending.isExpecting() || this.rules.distinguishOrigins() || this.formers.distinguishOrigins();
	}

	/**
	 * Return whether decisions are pending, because the distribution is about to be
	 * known.
	 * @return whether {@link #whenKnown} may defer one
	 */
	public boolean mayWait() {
		return this.pending.isExpecting();
	}

	/**
	 * Return the rules for a request.
	 * @param request the request
	 * @return the rules, {@code null} if CloudFront cannot have sent it
	 */
	public @Nullable RequestRules of(OriginRequest request) {
		return this.formers.with(request, this.rules.of(request));
	}

	/**
	 * Return whether CloudFront may still apply former settings.
	 * @return whether the settings have changed in the last minutes
	 */
	public boolean isChanging() {
		return this.formers.isAnyInEffect();
	}

	/**
	 * Decide again about a response to a request that was tracked under settings which
	 * have changed since.
	 * @param request the request
	 * @param method its method
	 * @param response the response
	 * @return what else to track and to untrack, {@code null} for nothing
	 */
	public @Nullable Correction correct(OriginRequest request, String method, ObservedResponse response) {
		RuleSet replaced = this.replaced;
		RequestRules now = this.rules.of(request);
		RequestRules before = (replaced != null) ? replaced.of(request) : null;
		if (now == null || !now.considers(method)) {
			return null;
		}
		Decision decision = decideAgain(now, response);
		if (decision.action() != Decision.Action.TRACK) {
			return null;
		}
		List<String> right = now.cached();
		List<String> tracked = (before != null && before.considers(method)) ? before.cached() : List.of();
		// What has a query string cannot be requested otherwise. Only the first settings
		// show that it never was an object: former settings may have cached it
		List<String> wrong = (replaced instanceof PropertyRules) ? tracked.stream()
			.filter((path) -> !right.contains(path) && path.indexOf('?') != -1 && !Selection.isWildcard(path))
			.toList() : List.of();
		return new Correction(right.stream().filter((path) -> !tracked.contains(path)).toList(), wrong,
				decision.lifetime());
	}

	/**
	 * Decide about a response, and count the decision. A 304 that gives no lifetime has
	 * the longest one with which this node has recorded its path, or the longest possible
	 * one if that is unknown.
	 * @param request the rules for the request
	 * @param response the response
	 * @return the decision
	 */
	public Decision decide(RequestRules request, ObservedResponse response) {
		Decision decision = decideAgain(request, response);
		decided(decision.action());
		return decision;
	}

	Decision decideAgain(RequestRules request, ObservedResponse response) {
		Decision decision = request.decide(response);
		Duration atLeast = decision.atLeast();
		if (atLeast != null) {
			decision = renewed(request, decision, atLeast);
		}
		else if (this.lifetimes.isInUse() && (response.status() < 300 || response.status() == 304)
				&& !CacheControl.of(response.cacheControl()).forbidden()) {
			remember(request, decision.lifetime());
		}
		return decision;
	}

	private Decision renewed(RequestRules request, Decision decision, Duration atLeast) {
		String key = request.key();
		Duration known = (key != null) ? this.lifetimes.of(key) : null;
		if (known == null) {
			return decision;
		}
		return Decision.track((known.compareTo(atLeast) > 0) ? known : atLeast);
	}

	private void remember(RequestRules request, Duration lifetime) {
		String key = request.key();
		if (key != null) {
			this.lifetimes.remember(key, lifetime);
		}
	}

	/**
	 * Return the lifetime of a path about which no response is known.
	 * @return the lifetime
	 */
	public Duration unknownLifetime() {
		return this.settings.lifetimes().unknown();
	}

	/**
	 * Return what examines responses once it is decided about them.
	 * @return the findings
	 */
	public ResponseFindings responses() {
		return this.responses;
	}

	/**
	 * Count a decision.
	 * @param action what was decided
	 */
	public void decided(Decision.Action action) {
		Objects.requireNonNull(this.decided.get(action)).increment();
	}

	/**
	 * Return how often a decision was made.
	 * @param action the decision
	 * @return the number of responses since the start, on this node
	 */
	public long decisions(Decision.Action action) {
		return Objects.requireNonNull(this.decided.get(action)).sum();
	}

	/**
	 * Return which wildcards may be sent.
	 * @return the rule, which changes with the distribution
	 */
	public WildcardSafety safety() {
		return this.rules.safety();
	}

	/**
	 * Correction of what was tracked for a request, after other settings were read.
	 *
	 * @param missing paths to track too
	 * @param wrong paths under which CloudFront cannot have cached it
	 * @param lifetime the lifetime of the missing paths
	 */
	public record Correction(List<String> missing, List<String> wrong, Duration lifetime) {
	}

}
