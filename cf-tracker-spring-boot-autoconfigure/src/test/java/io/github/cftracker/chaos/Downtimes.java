package io.github.cftracker.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When something was not there, the present downtime included.
 */
final class Downtimes {

	private final List<Downtime> all = new ArrayList<>();

	synchronized void begin() {
		this.all.add(new Downtime(Instant.now(), Instant.MAX));
	}

	synchronized void end() {
		Downtime last = this.all.remove(this.all.size() - 1);
		this.all.add(new Downtime(last.from(), Instant.now()));
	}

	synchronized boolean overlap(Instant from, Instant to) {
		return this.all.stream().anyMatch((downtime) -> downtime.overlaps(from, to));
	}

	synchronized List<Downtime> all() {
		return List.copyOf(this.all);
	}

}
