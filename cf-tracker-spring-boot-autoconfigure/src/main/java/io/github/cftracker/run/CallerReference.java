package io.github.cftracker.run;

/**
 * The names of batches, which whoever resumes a run derives alike.
 * <p>
 * {@code cf-tracker-<run>-<claim>-<n>} is a batch of claimed or selected paths,
 * {@code cf-tracker-<run>-<claim>-late-<n>} one of late paths. {@code .0} and {@code .1}
 * are the halves of a batch, {@code .r} is one whose reference was taken.
 * <p>
 * A claim that a failover took back is made again under another name: the same items
 * under the same reference would be taken for the old invalidation, although they may
 * have been cached anew since.
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
	 * Return how many times a batch got another reference.
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
	 * Whether a batch is one of late paths.
	 * @param reference its caller reference
	 * @return whether it is
	 */
	public static boolean isLate(String reference) {
		return reference.contains(LATE);
	}

	static boolean isDerived(String reference) {
		return reference.indexOf('.') != -1;
	}

}
