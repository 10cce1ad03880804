package io.github.cftracker.distribution;

/**
 * A finding before it is dated.
 *
 * @param type what kind it is
 * @param about what it is about, where there may be several of one kind, for example the
 * pattern of a cache behavior
 * @param text what is wrong and what follows from it, a sentence
 * @param fix what to do about it, a sentence
 */
public record Problem(FindingType type, String about, String text, String fix) {

	/**
	 * Create the only problem of its kind.
	 * @param type what kind it is
	 * @param text what is wrong and what follows from it, a sentence
	 * @param fix what to do about it, a sentence
	 */
	public Problem(FindingType type, String text, String fix) {
		this(type, "", text, fix);
	}

	@Override
	public String toString() {
		return this.text + " " + this.fix;
	}

}
