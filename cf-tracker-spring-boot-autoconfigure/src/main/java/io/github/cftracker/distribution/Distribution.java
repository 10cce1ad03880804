package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a distribution that matter for tracking.
 *
 * @param traits what keeps invalidations from reaching all viewers
 * @param defaultRootObject the default root object for viewers that request {@code /},
 * without a leading slash; empty if there is none
 * @param tagHeader the response header with cache tags, {@code null} for none
 * @param behaviors the cache behaviors in the order in which they are matched, the
 * default one last
 * @param errorTtls the error caching minimum TTLs by status
 * @param unread the settings that could not be read
 */
public record Distribution(Set<Trait> traits, String defaultRootObject, @Nullable String tagHeader,
		List<CacheBehavior> behaviors, Map<Integer, Duration> errorTtls, UnreadSettings unread) {

	public Distribution {
		traits = Set.copyOf(traits);
		behaviors = List.copyOf(behaviors);
		errorTtls = Map.copyOf(errorTtls);
	}

	/**
	 * Return the cache behavior of a path.
	 * @param path the path that viewers request, without a query string
	 * @return the first behavior that matches
	 */
	public CacheBehavior behaviorOf(String path) {
		String normalized = NormalizedPath.of(path);
		for (CacheBehavior behavior : this.behaviors) {
			if (behavior.pattern().matches(normalized)) {
				return behavior;
			}
		}
		return this.behaviors.get(this.behaviors.size() - 1);
	}

	/**
	 * Return whether CloudFront reads the cache tags of responses from a header.
	 * @param header the name of the header
	 * @return whether it does, or the SDK could not read the setting
	 */
	public boolean readsTagsFrom(String header) {
		return this.unread.lacks(UnreadSettings.Setting.CACHE_TAGS) || header.equalsIgnoreCase(this.tagHeader);
	}

	/**
	 * Return the origins that may be this application, which are all except for buckets.
	 * @return the origins, each once
	 */
	public List<Origin> applicationOrigins() {
		return this.behaviors.stream()
			.flatMap((behavior) -> behavior.origins().stream())
			.filter((origin) -> !origin.bucket())
			.distinct()
			.toList();
	}

	/**
	 * Return whether everything that begins with a prefix comes from one application.
	 * @param prefix the beginning of a path, without a query string
	 * @return whether no behavior of another origin may match such a path
	 */
	boolean isOfOneOrigin(String prefix) {
		String normalized = NormalizedPath.of(prefix);
		Set<String> common = null;
		for (CacheBehavior behavior : this.behaviors) {
			if (behavior.pattern().mayMatchBelow(normalized)) {
				Set<String> domains = behavior.applicationDomains();
				domains.retainAll((common != null) ? common : domains);
				common = domains;
				if (common.isEmpty()) {
					return false;
				}
				if (behavior.pattern().matchesAllBelow(normalized)) {
					return true;
				}
			}
		}
		return true;
	}

	/**
	 * Trait that keeps invalidations from reaching all viewers.
	 */
	public enum Trait {

		/**
		 * The distribution serves no viewers.
		 */
		DISABLED,

		/**
		 * It only serves distribution tenants, each of which would have to be invalidated
		 * separately.
		 */
		TENANT_ONLY,

		/**
		 * It is a staging distribution.
		 */
		STAGING,

		/**
		 * A staging distribution serves a part of its viewers.
		 */
		CONTINUOUS_DEPLOYMENT

	}

}
