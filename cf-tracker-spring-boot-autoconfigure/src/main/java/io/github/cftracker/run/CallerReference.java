package io.github.cftracker.run;

/**
 * Names of batches. Every node that resumes a run derives the same names.
 * <p>
 * {@code cf-tracker-<run>-<claim>-<n>} is a batch of claimed or selected paths,
 * {@code cf-tracker-<run>-<claim>-late-<n>} a batch of late paths. {@code .0} and
 * {@code .1} are the halves of a batch, {@code .r} is a batch whose reference was already
 * used.
 * <p>
 * A claim that a failover took back is made again under another name. With the same
 * reference, CloudFront would return the old invalidation, although the items may have
 * been cached again since then.
 */
public final class CallerReference {

	private static final String LATE = "-late-";

	private static final String RENAMED = ".r";

	private CallerReference() {
	}

	static String of(String runId, String claim, boolean late, int number) {
		return "cf-tracker-" + runId + (claim.isEmpty() ? "" : "-" + claim) + (late ? LATE : "-") + number;
	}

	static String half(String reference, int which) {
		return reference + "." + which;
	}

	static String another(String reference) {
		return reference + RENAMED;
	}

	/**
	 * Return how often a batch got another reference.
	 */
	static int renames(String reference) {
		return (reference.length() - reference.replace(RENAMED, "").length()) / RENAMED.length();
	}

	/**
	 * Return the reference of the batch from which a batch is derived.
	 * @return the reference, which is the batch's own if it is not derived
	 */
	static String root(String reference) {
		int end = reference.indexOf('.');
		return (end == -1) ? reference : reference.substring(0, end);
	}

	/**
	 * Return whether a batch consists of late paths.
	 * @param reference its caller reference
	 * @return whether its paths are late
	 */
	public static boolean isLate(String reference) {
		return reference.contains(LATE);
	}

	static boolean isDerived(String reference) {
		return reference.indexOf('.') != -1;
	}

}
