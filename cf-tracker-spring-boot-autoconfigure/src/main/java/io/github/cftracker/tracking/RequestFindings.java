package io.github.cftracker.tracking;

import java.util.function.BooleanSupplier;

import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * What single requests show to be wrong.
 */
final class RequestFindings {

	private final @Nullable DistributionDoctor doctor;

	private final boolean anyCached;

	private final BooleanSupplier quiet;

	/**
	 * Create an instance.
	 * @param doctor collects the findings, {@code null} to report none
	 * @param anyCached whether any cache behavior caches anything, as far as is known
	 * @param quiet whether CloudFront may still go by other settings, so that requests
	 * show nothing
	 */
	RequestFindings(@Nullable DistributionDoctor doctor, boolean anyCached, BooleanSupplier quiet) {
		this.quiet = quiet;
		this.doctor = doctor;
		this.anyCached = anyCached;
	}

	/**
	 * A page has a lifetime, so the application expects it to be cached, but its cache
	 * behavior caches nothing. Where no behavior does, that is a finding already.
	 */
	void uncached(CacheBehavior behavior, String path) {
		if (!this.anyCached) {
			return;
		}
		report(FindingType.BEHAVIOR_CACHES_NOTHING, behavior.pattern().toString(),
				"Cache behavior '%s' caches nothing, so '%s' is neither cached nor tracked although its response has a "
						+ "lifetime.",
				"Use a cache policy with a MaxTTL greater than 0 for this behavior. If its paths must not be cached, "
						+ "exclude them with 'cf.tracker.tracking.exclude'.",
				path);
	}

	/**
	 * A page must not be cached, but is.
	 */
	void cachedDespite(CacheBehavior behavior, String path) {
		report(FindingType.CACHED_DESPITE_NO_STORE, behavior.pattern().toString(),
				"Cache behavior '%s' has a MinTTL greater than 0, so CloudFront caches '%s' although its "
						+ "response is no-store, no-cache or private.",
				"Set the MinTTL of its cache policy to 0, or use a behavior that caches nothing for such pages.", path);
	}

	/**
	 * A path ends in {@code *} and would be taken for a wildcard over too much.
	 */
	void notTrackable(String path) {
		report(FindingType.PATH_NOT_TRACKABLE, "",
				"%s'%s' was requested but is not tracked, because CloudFront would treat it as a wildcard for all "
						+ "paths with this prefix.",
				"Return 404 for such paths.", path);
	}

	/**
	 * CloudFront does not accept a path, nor is a wildcard safe that covers it.
	 */
	void rejected(String path) {
		report(FindingType.PATH_NOT_TRACKABLE, "rejected",
				"'%2$s' was requested but cannot be invalidated, because CloudFront does not accept it as an "
						+ "invalidation path and no wildcard that covers it is safe. Runs reject it.",
				"Request an invalidation of '/*', or return 404 for such paths.", path);
	}

	/**
	 * No cache behavior of this application matches a path, so a function has rewritten
	 * it.
	 */
	void rewritten(String path) {
		report(FindingType.PATH_REWRITTEN, "",
				"%s'%s' was requested, but no cache behavior of this application matches it, so an edge function "
						+ "has rewritten it. It is tracked as the properties define, but the viewer's path is not "
						+ "tracked.",
				"Let the function add a request header with the viewer's path, and set "
						+ "'cf.tracker.tracking.path-header' to its name.",
				path);
	}

	/**
	 * No cache behavior of this application matches a path, and no function of the
	 * distribution can have rewritten it.
	 */
	void outside(String path) {
		report(FindingType.PATH_OUTSIDE_BEHAVIORS, "",
				"%sCloudFront requested '%s', but no cache behavior of this application matches it, so it is not "
						+ "tracked. A load balancer or reverse proxy may rewrite paths, or another distribution uses "
						+ "this application.",
				"Let CloudFront or the proxy add a request header with the viewer's path, and set "
						+ "'cf.tracker.tracking.path-header' to its name.",
				path);
	}

	/**
	 * The header with the viewer's path is missing where a function should add it.
	 */
	void noPathHeader(CacheBehavior behavior, String path) {
		report(FindingType.PATH_HEADER_MISSING, behavior.pattern().toString(),
				"An edge function of cache behavior '%s' may rewrite paths, but CloudFront requested '%s' without the "
						+ "header of 'cf.tracker.tracking.path-header', so the viewer's path is not tracked.",
				"Let the function add this header to every request, and let the origin request policy forward it.",
				path);
	}

	/**
	 * The header with the viewer's path is missing from all requests, although a function
	 * may rewrite paths.
	 */
	void noPathHeaderAtAll(String path) {
		report(FindingType.PATH_HEADER_MISSING, "",
				"%sAn edge function may rewrite paths, but none of the first requests of CloudFront, for example for "
						+ "'%s', had the header of 'cf.tracker.tracking.path-header', so the viewers' paths are not "
						+ "tracked.",
				"Let the function add this header to every request, and let the origin request policy forward it.",
				path);
	}

	/**
	 * A request has the header with the viewer's path.
	 */
	void pathHeaderSeen() {
		if (this.doctor != null) {
			this.doctor.over(FindingType.PATH_HEADER_MISSING, "");
		}
	}

	/**
	 * It cannot be determined which origin this application is.
	 */
	void unknownOrigin(@Nullable String host) {
		report(FindingType.UNKNOWN_ORIGIN, "",
				"%sThe distribution has several origins, and none of them has the domain name '%s' from the Host "
						+ "header. The paths of all origins are tracked.",
				"Set 'cf.tracker.distribution.origin-id' to the id of this application's origin.",
				String.valueOf(host));
	}

	private void report(FindingType type, String about, String text, String fix, String path) {
		if (this.doctor != null && !this.quiet.getAsBoolean()) {
			this.doctor.seen(type, about,
					() -> new Problem(type, about, text.formatted(about, LogText.clean(path)), fix));
		}
	}

}
