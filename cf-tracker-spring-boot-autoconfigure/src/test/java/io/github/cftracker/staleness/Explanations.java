package io.github.cftracker.staleness;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.test.CachedObject;
import org.jspecify.annotations.Nullable;

/**
 * Why a stale object may be at the edge after a run: each cause has one finding that has
 * to name it.
 */
final class Explanations {

	/**
	 * Errors that are cached for ten seconds, as any error is, are not tracked.
	 */
	private static final int ORDINARY_ERROR_TTL = 10;

	private static final int MINUTE = 60;

	private final RandomProperties properties;

	private final RandomPages pages;

	Explanations(RandomProperties properties, RandomPages pages) {
		this.properties = properties;
		this.pages = pages;
	}

	/**
	 * Find what names a stale object.
	 * @param object the object
	 * @param served the response that it has
	 * @param current the settings of the distribution
	 * @param run the run that has ended
	 * @return the id of the finding, or another reason in brackets; {@code null} if
	 * nothing names the object
	 */
	@Nullable String of(CachedObject object, Served served, RandomDistribution current, Run run) {
		for (Cause cause : causes(object, served, current)) {
			if (run.findings().stream().anyMatch(cause::isNamedBy)) {
				return cause.type().id();
			}
		}
		if (isUnsendable(object.target()) && run.rejected()
			.stream()
			.anyMatch((rejected) -> rejected.path().equals(object.target().replace("|", "%7C")))) {
			return "(rejected by the run)";
		}
		if (isOrdinaryError(object, served)) {
			return "(error for ten seconds)";
		}
		if (isUntracked(served) && isBrief(served)) {
			return "(untracked with less than a minute to live)";
		}
		return null;
	}

	List<Cause> causes(CachedObject object, Served served, RandomDistribution current) {
		List<Cause> causes = new ArrayList<>();
		RandomDistribution edge = served.edge();
		String viewerPath = RandomRequests.path(served.target());
		RandomBehavior behavior = edge.behaviorOf(viewerPath);
		String cachedPath = behavior.cachedPath(viewerPath);
		String requestedPath = behavior.originRequest().rewrite(cachedPath);
		for (String path : List.of(viewerPath, cachedPath, requestedPath)) {
			if (!edge.exceptQueryStrings(path).equals(served.known().exceptQueryStrings(path))) {
				causes.add(new Cause(FindingType.SETTINGS_CHANGED, ""));
			}
		}
		boolean rewritten = false;
		if (!requestedPath.equals(cachedPath)) {
			rewritten = true;
			if (!this.properties.pathHeader()) {
				causes.add(new Cause(FindingType.ORIGIN_REQUEST_FUNCTION, behavior.pattern()));
			}
		}
		if (!cachedPath.equals(viewerPath) && !edge.behaviorOf(cachedPath).equals(behavior)) {
			rewritten = true;
			causes.add(new Cause(FindingType.VIEWER_REQUEST_FUNCTION, behavior.pattern()));
			causes.add(new Cause(FindingType.PATH_REWRITTEN, ""));
		}
		if (rewritten && !edge.exceptQueryStrings(viewerPath).equals(current.exceptQueryStrings(viewerPath))) {
			// The function was a finding as long as it was there
			causes.add(new Cause(FindingType.SETTINGS_CHANGED, ""));
		}
		if (object.target().endsWith("*") || isUnsendable(object.target())) {
			causes.add(new Cause(FindingType.PATH_NOT_TRACKABLE, ""));
		}
		RandomPolicy.Mode mode = this.properties.mode();
		if (mode != null && mode != behavior.policy().mode() && !RandomRequests.query(served.target()).isEmpty()) {
			causes.add(new Cause(FindingType.QUERY_STRING_MISMATCH, behavior.pattern()));
		}
		if (isUntracked(served)) {
			causes.add(new Cause(FindingType.NOT_FOUND_UNTRACKED, ""));
		}
		if (this.properties.maxVariants() < 100) {
			causes.add(new Cause(FindingType.PATHS_DROPPED, ""));
		}
		return causes;
	}

	/**
	 * Whether a later 404 has untracked the path.
	 */
	private boolean isUntracked(Served served) {
		String path = this.pages.answer(served.response()).path();
		return !this.properties.keepsNotFound()
				&& !served.edge().behaviorOf(RandomRequests.path(served.target())).failsOver()
				&& this.pages.answersAfter(served.response())
					.stream()
					.anyMatch((answer) -> answer.status() == 404 && answer.path().equals(path));
	}

	/**
	 * Whether it was tracked for no more than a minute.
	 */
	private boolean isBrief(Served served) {
		List<Integer> ttls = served.edge().behaviorOf(RandomRequests.path(served.target())).policy().ttls();
		RandomPages.Page page = this.pages.pageOf(this.pages.answer(served.response()).path());
		return (ttls.get(0) <= MINUTE && page.isNotToBeCached())
				|| (!this.properties.grace() && (ttls.get(2) <= MINUTE || page.isBrief()));
	}

	private static boolean isUnsendable(String target) {
		return target.matches("(?i).*(~|%7e|%(?![0-9a-f]{2})).*");
	}

	private boolean isOrdinaryError(CachedObject object, Served served) {
		return object.status() >= 400
				&& served.edge().errorTtls().getOrDefault(object.status(), ORDINARY_ERROR_TTL) <= ORDINARY_ERROR_TTL
				&& !this.pages.pageOf(this.pages.answer(served.response()).path()).mayLast();
	}

	/**
	 * A cause.
	 *
	 * @param type the type of the finding that has to be there
	 * @param about what its text has to name, empty if it may be about another path
	 */
	record Cause(FindingType type, String about) {

		boolean isNamedBy(Finding finding) {
			return finding.id().equals(this.type.id())
					&& (this.about.isEmpty() || finding.problem().contains("'" + this.about + "'"));
		}

	}

}
