package io.github.cftracker.distribution;

/**
 * Something that is wrong with the distribution, or between it and the application.
 *
 * @param problem what is wrong and what follows from it, a sentence
 * @param fix what to do about it, a sentence
 */
public record Finding(String problem, String fix) {

	@Override
	public String toString() {
		return this.problem + " " + this.fix;
	}

}
