package io.github.cftracker.tracking;

import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Findings that single requests show.
 */
final class RequestFindings {

	private final @Nullable DistributionDoctor doctor;

	private final boolean anyCached;

	private final FormerRules formers;

	/**
	 * Create an instance.
	 * @param doctor collects the findings, {@code null} to report none
	 * @param anyCached whether any cache behavior caches anything, as far as is known
	 * @param formers the rules that CloudFront may still apply, so that requests show
	 * nothing
	 */
	RequestFindings(@Nullable DistributionDoctor doctor, boolean anyCached, FormerRules formers) {
		this.formers = formers;
		this.doctor = doctor;
		this.anyCached = anyCached;
	}

	/**
	 * Report a page with a lifetime, which the application expects to be cached, although
	 * its cache behavior caches nothing. If no behavior caches anything, that is another
	 * finding.
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
	 * Report a page that must not be cached, but is.
	 */
	void cachedDespite(CacheBehavior behavior, String path) {
		report(FindingType.CACHED_DESPITE_NO_STORE, behavior.pattern().toString(),
				"Cache behavior '%s' has a MinTTL greater than 0, so CloudFront caches '%s' although its "
						+ "response is no-store, no-cache or private.",
				"Set the MinTTL of its cache policy to 0, or use a behavior that caches nothing for such pages.", path);
	}

	/**
	 * Report a path that ends in {@code *}, which CloudFront would treat as a wildcard.
	 */
	void notTrackable(String path) {
		report(FindingType.PATH_NOT_TRACKABLE, "",
				"%s'%s' was requested but is not tracked, because CloudFront would treat it as a wildcard for all "
						+ "paths with this prefix.",
				"Return 404 for such paths.", path);
	}

	/**
	 * Report a path that CloudFront does not accept, and that no safe wildcard covers.
	 */
	void rejected(String path) {
		report(FindingType.PATH_NOT_TRACKABLE, "rejected",
				"'%2$s' was requested but cannot be invalidated, because CloudFront does not accept it as an "
						+ "invalidation path and no wildcard that covers it is safe. Runs reject it.",
				"Request an invalidation of '/*', or return 404 for such paths.", path);
	}

	/**
	 * Report a path that a function has rewritten, because no cache behavior of this
	 * application matches it.
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
	 * Report a path that no cache behavior of this application matches, and that no
	 * function of the distribution can have rewritten.
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
	 * Report a request without the header that a function should add.
	 */
	void noPathHeader(CacheBehavior behavior, String path) {
		report(FindingType.PATH_HEADER_MISSING, behavior.pattern().toString(),
				"An edge function of cache behavior '%s' may rewrite paths, but CloudFront requested '%s' without the "
						+ "header of 'cf.tracker.tracking.path-header', so the viewer's path is not tracked.",
				"Let the function add this header to every request, and let the origin request policy forward it.",
				path);
	}

	/**
	 * Report that all requests lack the header with the viewer's path, although a
	 * function may rewrite paths.
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
	 * End the finding about a missing header, because a request has it.
	 */
	void pathHeaderSeen() {
		if (this.doctor != null) {
			this.doctor.over(FindingType.PATH_HEADER_MISSING, "");
		}
	}

	/**
	 * Report that it is unknown which origin this application is.
	 */
	void unknownOrigin(@Nullable String host) {
		report(FindingType.UNKNOWN_ORIGIN, "",
				"%sThe distribution has several origins, and none of them has the domain name '%s' from the Host "
						+ "header. The paths of all origins are tracked.",
				"Set 'cf.tracker.distribution.origin-id' to the id of this application's origin.",
				String.valueOf(host));
	}

	private void report(FindingType type, String about, String text, String fix, String path) {
		if (this.doctor != null && !this.formers.isAnyInEffect()) {
			this.doctor.seen(type, about,
					() -> new Problem(type, about, text.formatted(about, LogText.clean(path)), fix));
		}
	}

}
