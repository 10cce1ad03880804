package io.github.cftracker.test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the one distribution of a {@link LocalCloudFront}. All have a default. The
 * edge acts by them and GetDistributionConfig shows them, but some are shown only: a
 * distribution that is not enabled still serves viewers, and one with a continuous
 * deployment policy serves all of them itself. The default origin is shown as long as a
 * behavior or an origin group asks it.
 */
public final class DistributionSettings {

	private final Map<String, OriginSettings> origins = new LinkedHashMap<>();

	private final Map<String, OriginGroup> originGroups = new LinkedHashMap<>();

	private final Map<Integer, Duration> errorTtls = new LinkedHashMap<>();

	private final List<Function<Duration, Behavior>> behaviors = new ArrayList<>();

	private final BehaviorSettings defaultBehavior = new BehaviorSettings();

	private boolean enabled = true;

	private boolean tenantOnly;

	private boolean staging;

	private @Nullable String continuousDeploymentPolicyId;

	private String defaultRootObject = "";

	private @Nullable String cacheTagHeader;

	DistributionSettings() {
	}

	/**
	 * Set whether the distribution is shown as enabled. The edge does not heed it.
	 * @param enabled whether it is, {@code true} by default
	 * @return these settings
	 */
	public DistributionSettings enabled(boolean enabled) {
		this.enabled = enabled;
		return this;
	}

	/**
	 * Set whether the distribution is one for tenants, which refuses every
	 * CreateInvalidation as {@code NoSuchDistribution}.
	 * @param tenantOnly whether it is, {@code false} by default
	 * @return these settings
	 */
	public DistributionSettings tenantOnly(boolean tenantOnly) {
		this.tenantOnly = tenantOnly;
		return this;
	}

	/**
	 * Set whether the distribution is shown as a staging distribution. The edge does not
	 * act by it.
	 * @param staging whether it is, {@code false} by default
	 * @return these settings
	 */
	public DistributionSettings staging(boolean staging) {
		this.staging = staging;
		return this;
	}

	/**
	 * Set the continuous deployment policy that is shown. The edge does not act by it.
	 * @param id the id of the policy, or empty for the empty element that CloudFront
	 * sends where a policy was removed; no element by default
	 * @return these settings
	 */
	public DistributionSettings continuousDeploymentPolicy(String id) {
		this.continuousDeploymentPolicyId = Objects.requireNonNull(id, "id");
		return this;
	}

	/**
	 * Set what the origin is asked for when a viewer asks for {@code /}. It is cached
	 * under {@code /}.
	 * @param defaultRootObject the path without its leading slash, or empty, the default,
	 * for none
	 * @return these settings
	 */
	public DistributionSettings defaultRootObject(String defaultRootObject) {
		this.defaultRootObject = Objects.requireNonNull(defaultRootObject, "defaultRootObject");
		return this;
	}

	/**
	 * Set the response header that has the cache tags of what is cached from now on,
	 * separated by commas. A tag is visible ASCII without commas, up to 256 characters;
	 * what is none is ignored, and so is what comes after 50. Tags of another header are
	 * no longer looked at. Without one a {@code #tag} is accepted and billed, and drops
	 * nothing.
	 * @param cacheTagHeader the name of the header in any case, none by default
	 * @return these settings
	 */
	public DistributionSettings cacheTagHeader(String cacheTagHeader) {
		this.cacheTagHeader = Objects.requireNonNull(cacheTagHeader, "cacheTagHeader");
		return this;
	}

	/**
	 * Add an origin.
	 * @param id what behaviors name it by, anything but {@code origin}, the one of
	 * {@link LocalCloudFront.Builder#origin(URI)}
	 * @param address scheme, host and port
	 * @return these settings
	 * @throws IllegalArgumentException if the id is {@code origin}
	 */
	public DistributionSettings origin(String id, URI address) {
		Objects.requireNonNull(address, "address");
		return origin(id, () -> address);
	}

	/**
	 * Add an origin by a function that is called at every request to it. What it throws
	 * is a 502.
	 * @param id what behaviors name it by, anything but {@code origin}
	 * @param address supplies scheme, host and port
	 * @return these settings
	 * @throws IllegalArgumentException if the id is {@code origin}
	 */
	public DistributionSettings origin(String id, Supplier<URI> address) {
		return add(id, address, false);
	}

	/**
	 * Add an origin that is shown as a bucket of S3. It is asked as any other.
	 * @param id what behaviors name it by, anything but {@code origin}
	 * @param address scheme, host and port
	 * @return these settings
	 * @throws IllegalArgumentException if the id is {@code origin}
	 */
	public DistributionSettings s3Origin(String id, URI address) {
		Objects.requireNonNull(address, "address");
		return s3Origin(id, () -> address);
	}

	/**
	 * Add an origin that is shown as a bucket of S3, by a function that is called at
	 * every request to it.
	 * @param id what behaviors name it by, anything but {@code origin}
	 * @param address supplies scheme, host and port
	 * @return these settings
	 * @throws IllegalArgumentException if the id is {@code origin}
	 */
	public DistributionSettings s3Origin(String id, Supplier<URI> address) {
		return add(id, address, true);
	}

	private DistributionSettings add(String id, Supplier<URI> address, boolean s3) {
		Objects.requireNonNull(address, "address");
		if (id.equals(DistributionOrigin.DEFAULT_ID)) {
			throw new IllegalArgumentException(
					"The id 'origin' is reserved for origin(URI) of LocalCloudFront and its builder, use another id");
		}
		settings(id).address(address, s3);
		return this;
	}

	/**
	 * Set what the edge puts before the path on the way to an origin. It is not part of
	 * the cache key.
	 * @param id the id of the origin
	 * @param path the path, for example {@code /shop}, or empty, the default
	 * @return these settings
	 * @throws IllegalArgumentException if the path does not begin with a slash, or ends
	 * with one
	 */
	public DistributionSettings originPath(String id, String path) {
		settings(id).path(path);
		return this;
	}

	/**
	 * Set the name that is shown of an origin and sent to it as Host, in place of the
	 * authority of its address.
	 * @param id the id of the origin
	 * @param domainName the name, without a port
	 * @return these settings
	 */
	public DistributionSettings originDomainName(String id, String domainName) {
		settings(id).domainName(Objects.requireNonNull(domainName, "domainName"));
		return this;
	}

	/**
	 * Add a custom header of an origin, which the edge sends to it with every request in
	 * place of the viewer's own.
	 * @param id the origin's id
	 * @param name the name of the header
	 * @param value its value
	 * @return these settings
	 * @throws IllegalArgumentException if it cannot be a header
	 */
	public DistributionSettings originHeader(String id, String name, String value) {
		settings(id).header(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
		return this;
	}

	/**
	 * Add an origin group, which a behavior names as it names an origin. For GET, HEAD
	 * and OPTIONS the secondary origin is asked where the primary one answers with a
	 * failover status, cannot be reached or times out. Its answer is cached in place of
	 * the other.
	 * @param id what behaviors name the group by, not the id of an origin
	 * @param primaryOriginId the id of the origin that is asked first
	 * @param secondaryOriginId the id of the other origin
	 * @param failoverStatuses the statuses, 400 to 599, at least one
	 * @return these settings
	 * @throws IllegalArgumentException if the origins are the same, or a status is
	 * missing or no error
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html">Optimize
	 * high availability with CloudFront origin failover</a>
	 */
	public DistributionSettings originGroup(String id, String primaryOriginId, String secondaryOriginId,
			int... failoverStatuses) {
		Objects.requireNonNull(id, "id");
		this.originGroups.put(id, new OriginGroup(id, primaryOriginId, secondaryOriginId,
				Arrays.stream(failoverStatuses).boxed().collect(Collectors.toSet())));
		return this;
	}

	private OriginSettings settings(String id) {
		return this.origins.computeIfAbsent(Objects.requireNonNull(id, "id"), (ignored) -> new OriginSettings());
	}

	/**
	 * Set how long an error is cached at least: a custom error response.
	 * @param status the status, 400 to 599
	 * @param ttl the time, 10 seconds by default for an error that is always cached
	 * @return these settings
	 * @throws IllegalArgumentException if the status is no error or the time negative
	 */
	public DistributionSettings errorCachingMinTtl(int status, Duration ttl) {
		if (status < 400 || status > 599 || ttl.isNegative()) {
			throw new IllegalArgumentException(
					"Invalid error TTL '%s' for status '%d', use zero or more for a status from 400 to 599"
						.formatted(ttl, status));
		}
		this.errorTtls.put(status, ttl);
		return this;
	}

	/**
	 * Set the behavior for what no path pattern matches.
	 * @param behavior is called at once
	 * @return these settings
	 */
	public DistributionSettings defaultBehavior(Consumer<BehaviorSettings> behavior) {
		behavior.accept(this.defaultBehavior);
		return this;
	}

	/**
	 * Add a behavior after the others: the first whose pattern matches wins. For the
	 * match, and for it alone, slashes in a row are one, and {@code .} and {@code ..}
	 * segments are resolved.
	 * @param pathPattern the case-sensitive pattern, where {@code *} is any number of
	 * characters, slashes included, and {@code ?} exactly one; its leading slash may be
	 * missing
	 * @param behavior is called at once
	 * @return these settings
	 * @throws IllegalArgumentException if the pattern is empty
	 */
	public DistributionSettings behavior(String pathPattern, Consumer<BehaviorSettings> behavior) {
		PathPattern pattern = new PathPattern(pathPattern);
		BehaviorSettings settings = new BehaviorSettings();
		behavior.accept(settings);
		this.behaviors.add((defaultTtl) -> settings.freeze(pattern, defaultTtl));
		return this;
	}

	/**
	 * The settings as they are now.
	 */
	Distribution freeze(Duration defaultTtl, Supplier<URI> defaultOrigin) {
		Behavior last = this.defaultBehavior.freeze(null, defaultTtl);
		List<Behavior> ordered = this.behaviors.stream().map((behavior) -> behavior.apply(defaultTtl)).toList();
		Set<String> targets = Stream.concat(Stream.of(last), ordered.stream())
			.map(Behavior::originId)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Map<String, DistributionOrigin> frozen = freezeOrigins(targets, defaultOrigin);
		for (String target : targets) {
			if (!frozen.containsKey(target) && !this.originGroups.containsKey(target)) {
				throw new IllegalArgumentException(
						"A behavior refers to the unknown origin '%1$s', add origin(\"%1$s\", URI)".formatted(target));
			}
		}
		checkCachePolicyIds(Stream.concat(Stream.of(last), ordered.stream()));
		this.originGroups.values().forEach((group) -> checkGroup(group, frozen.keySet()));
		return new Distribution(this.enabled, this.tenantOnly, this.staging, this.continuousDeploymentPolicyId,
				this.defaultRootObject, this.cacheTagHeader, frozen,
				Collections.unmodifiableMap(new LinkedHashMap<>(this.originGroups)), Map.copyOf(this.errorTtls),
				ordered, last);
	}

	private static void checkCachePolicyIds(Stream<Behavior> behaviors) {
		Map<String, Behavior> first = new HashMap<>();
		behaviors.filter((behavior) -> behavior.cachePolicyId() != null && !behavior.legacy()).forEach((behavior) -> {
			Behavior other = first.putIfAbsent(behavior.cachePolicyId(), behavior);
			if (other != null
					&& !(other.queryStrings().equals(behavior.queryStrings()) && other.ttl().equals(behavior.ttl()))) {
				throw new IllegalArgumentException(
						"The cache policy id '%s' has different query strings or TTLs in two behaviors, use two ids"
							.formatted(behavior.cachePolicyId()));
			}
		});
	}

	private Map<String, DistributionOrigin> freezeOrigins(Set<String> targets, Supplier<URI> defaultOrigin) {
		Map<String, OriginSettings> all = new LinkedHashMap<>(this.origins);
		if (Stream.concat(targets.stream(), this.originGroups.values().stream().flatMap(OriginGroup::originIds))
			.anyMatch(DistributionOrigin.DEFAULT_ID::equals)) {
			all.putIfAbsent(DistributionOrigin.DEFAULT_ID, new OriginSettings());
		}
		Map<String, DistributionOrigin> frozen = new LinkedHashMap<>();
		all.forEach((id, settings) -> frozen.put(id, settings.freeze(id, defaultOrigin)));
		return Collections.unmodifiableMap(frozen);
	}

	private static void checkGroup(OriginGroup group, Set<String> originIds) {
		if (originIds.contains(group.id())) {
			throw new IllegalArgumentException(
					"The origin group '%s' has the id of an origin, use another id".formatted(group.id()));
		}
		group.originIds().filter((id) -> !originIds.contains(id)).forEach((id) -> {
			throw new IllegalArgumentException(
					"The origin group '%1$s' refers to the unknown origin '%2$s', add origin(\"%2$s\", URI)"
						.formatted(group.id(), id));
		});
	}

}
