package io.github.cftracker;

import java.time.Instant;

/**
 * Problem of the distribution or the application. Each node has its own findings, and two
 * nodes may have different ones.
 *
 * @param id the type of finding, for example {@code origin-request-function}; ids are
 * stable and documented
 * @param problem what is wrong and what follows from it, a sentence
 * @param fix what to do about it, a sentence
 * @param since when this node found it, by its own clock
 */
public record Finding(String id, String problem, String fix, Instant since) {

	@Override
	public String toString() {
		return this.problem + " " + this.fix;
	}

}
