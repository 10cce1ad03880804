package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Rules of former settings that CloudFront may still apply: it takes minutes to deploy a
 * change. Safe for use by several threads.
 */
final class FormerRules {

	private final Duration deployment;

	private volatile List<Former> formers = List.of();

	/**
	 * Create an instance.
	 * @param deployment how long former rules apply after a change
	 */
	FormerRules(Duration deployment) {
		this.deployment = deployment;
	}

	/**
	 * Add rules that were replaced now. Called by one thread at a time.
	 */
	void add(RuleSet rules) {
		Former former = new Former(rules, System.nanoTime() + this.deployment.toNanos());
		this.formers = Stream.concat(inEffect(), Stream.of(former)).toList();
	}

	/**
	 * Remove rules that no longer apply. Called by one thread at a time.
	 */
	void removeExpired() {
		this.formers = inEffect().toList();
	}

	/**
	 * Return whether any former rules still apply.
	 */
	boolean isAnyInEffect() {
		return anyInEffect((rules) -> true);
	}

	boolean considers(String method) {
		return anyInEffect((rules) -> rules.methods().contains(method));
	}

	boolean distinguishOrigins() {
		return anyInEffect(RuleSet::distinguishOrigins);
	}

	/**
	 * Return the rules for a request under the current and the former settings.
	 * @param request the request
	 * @param current its rules under the current settings
	 * @return the rules, {@code null} if CloudFront cannot have sent the request
	 */
	@Nullable RequestRules with(OriginRequest request, @Nullable RequestRules current) {
		RequestRules rules = current;
		for (Former former : this.formers) {
			RequestRules before = former.isInEffect() ? former.rules().of(request) : null;
			if (before != null) {
				rules = (rules != null) ? rules.and(before) : before;
			}
		}
		return rules;
	}

	private boolean anyInEffect(Predicate<RuleSet> condition) {
		// Nearly always there are none, and a stream takes 250 bytes of each request
		return !this.formers.isEmpty() && inEffect().map(Former::rules).anyMatch(condition);
	}

	private Stream<Former> inEffect() {
		return this.formers.stream().filter(Former::isInEffect);
	}

	private record Former(RuleSet rules, long until) {

		boolean isInEffect() {
			return this.until - System.nanoTime() > 0;
		}

	}

}
