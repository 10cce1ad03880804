package io.github.cftracker.distribution;

/**
 * Finding without a date.
 *
 * @param type the type of the finding
 * @param about the subject, if there may be several findings of the type, for example the
 * pattern of a cache behavior
 * @param text a sentence about the problem and its consequence
 * @param fix a sentence about the fix
 */
public record Problem(FindingType type, String about, String text, String fix) {

	/**
	 * Create the only problem of its type.
	 * @param type the type of the finding
	 * @param text a sentence about the problem and its consequence
	 * @param fix a sentence about the fix
	 */
	public Problem(FindingType type, String text, String fix) {
		this(type, "", text, fix);
	}

	@Override
	public String toString() {
		return this.text + " " + this.fix;
	}

}
