package io.github.cftracker.tracking;

import java.util.Set;

import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Rules under one set of settings: those of the distribution, or those of the properties.
 */
interface RuleSet {

	/**
	 * Return the request methods of which any cache behavior caches responses.
	 */
	Set<String> methods();

	/**
	 * Return whether the rules for a request depend on its {@code Host} and on who has
	 * sent it.
	 */
	boolean distinguishOrigins();

	/**
	 * Return the rules for a request.
	 * @return the rules, {@code null} if CloudFront cannot have sent it
	 */
	@Nullable RequestRules of(OriginRequest request);

	/**
	 * Return which wildcards may be sent.
	 */
	WildcardSafety safety();

}
