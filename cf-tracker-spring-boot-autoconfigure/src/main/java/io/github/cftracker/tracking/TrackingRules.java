package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.Doctor;
import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules for a request: those of its cache behavior once the distribution is
 * known, those of the properties until then. Safe for use by several threads.
 */
public final class TrackingRules {

	private final TrackingSettings settings;

	private final Doctor doctor;

	private final Deferred deferred;

	private final Map<Decision.Action, LongAdder> decided = new EnumMap<>(Decision.Action.class);

	private volatile RuleSet rules;

	/**
	 * Create rules that do not know the distribution yet.
	 * @param settings what the properties say
	 * @param doctor told what requests show to be wrong
	 */
	public TrackingRules(TrackingSettings settings, Doctor doctor) {
		this(settings, doctor, Duration.ofSeconds(5));
	}

	TrackingRules(TrackingSettings settings, Doctor doctor, Duration patience) {
		this.deferred = new Deferred(patience);
		this.settings = settings;
		this.doctor = doctor;
		this.rules = new PropertyRules(settings, new RequestFindings(doctor, true));
		for (Decision.Action action : Decision.Action.values()) {
			this.decided.put(action, new LongAdder());
		}
	}

	/**
	 * Goes by a distribution from now on.
	 * @param distribution its settings
	 */
	public void use(Distribution distribution) {
		this.rules = new DistributionRules(distribution, this.settings, this.doctor);
		this.deferred.end();
	}

	/**
	 * Lets decisions wait, five seconds at the most, because the distribution is about to
	 * be known.
	 */
	public void expectDistribution() {
		this.deferred.expect();
	}

	/**
	 * Lets decisions wait no longer.
	 */
	public void expectNothing() {
		this.deferred.end();
	}

	/**
	 * Wait until no decision waits for the distribution, a few seconds at most.
	 */
	public void awaitDecisions() {
		this.deferred.await();
	}

	/**
	 * Decides now, or as soon as the distribution is known that is expected.
	 * @param decision asks these rules, and must not hold on to a request
	 */
	public void whenKnown(Runnable decision) {
		this.deferred.run(decision);
	}

	/**
	 * Whether a response to a method may be cached by any behavior.
	 * @param method the request method
	 * @return whether it is worth looking for rules
	 */
	public boolean considers(String method) {
		return this.rules.methods().contains(method);
	}

	/**
	 * Whether a decision depends on the {@code Expires} header.
	 * @param cacheControl the {@code Cache-Control} header, several joined by commas
	 * @return whether that does not say how long
	 */
	public static boolean dependsOnExpires(@Nullable String cacheControl) {
		return CacheControl.of(cacheControl).age() == -1;
	}

	/**
	 * Whether it depends on the {@code Host} of a request, and on who has sent it, what
	 * the rules for it are.
	 * @return whether the application may be one of several origins, as far as is known
	 */
	public boolean distinguishOrigins() {
		return this.deferred.isExpecting() || this.rules.distinguishOrigins();
	}

	/**
	 * Whether decisions have to wait, because the distribution is about to be known.
	 * @return whether {@link #whenKnown} may let one wait
	 */
	public boolean mayWait() {
		return this.deferred.isExpecting();
	}

	/**
	 * Finds the rules for a request.
	 * @param request what the application was asked for
	 * @return the rules, {@code null} if CloudFront cannot have asked for it
	 */
	public @Nullable RequestRules of(OriginRequest request) {
		return this.rules.of(request);
	}

	/**
	 * Counts a decision.
	 * @param action what was decided
	 */
	public void decided(Decision.Action action) {
		Objects.requireNonNull(this.decided.get(action)).increment();
	}

	/**
	 * How often it was decided so.
	 * @param action the decision
	 * @return the number of responses since the start, on this node
	 */
	public long decisions(Decision.Action action) {
		return Objects.requireNonNull(this.decided.get(action)).sum();
	}

	/**
	 * Which wildcards may be sent.
	 * @return the rule, which changes with the distribution
	 */
	public WildcardSafety safety() {
		return this.rules.safety();
	}

	/**
	 * Rules under one set of settings.
	 */
	interface RuleSet {

		Set<String> methods();

		boolean distinguishOrigins();

		@Nullable RequestRules of(OriginRequest request);

		WildcardSafety safety();

		/**
		 * The path without what CloudFront has put in front of it.
		 * @return the path, {@code null} if it does not begin with it
		 */
		static @Nullable String without(String originPath, String path) {
			if (originPath.isEmpty()) {
				return path;
			}
			return (path.startsWith(originPath) && path.length() > originPath.length()
					&& path.charAt(originPath.length()) == '/') ? path.substring(originPath.length()) : null;
		}

	}

}
