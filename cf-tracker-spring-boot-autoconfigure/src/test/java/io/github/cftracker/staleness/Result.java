package io.github.cftracker.staleness;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What one scenario, or several, came to.
 */
final class Result {

	/**
	 * How many stale objects each finding has named, by its id.
	 */
	final Map<String, Integer> explained = new TreeMap<>();

	int runs;

	int changes;

	/**
	 * Responses with status 304 to the edge.
	 */
	int revalidated;

	/**
	 * Stale objects at the edge before a run.
	 */
	int cached;

	/**
	 * Stale objects that a run has removed.
	 */
	int invalidated;

	int items;

	@Nullable String failure;

	void add(Result other) {
		this.runs += other.runs;
		this.changes += other.changes;
		this.revalidated += other.revalidated;
		this.cached += other.cached;
		this.invalidated += other.invalidated;
		this.items += other.items;
		other.explained.forEach((id, times) -> this.explained.merge(id, times, Integer::sum));
	}

	String table(long first, long last) {
		StringBuilder table = new StringBuilder(
				"| stale objects, seeds %d to %d | number |%n|---|---|%n".formatted(first, last));
		table.append("| invalidated | %d |%n".formatted(this.invalidated));
		this.explained.forEach((id, times) -> table.append("| %s | %d |%n".formatted(id, times)));
		return table.toString();
	}

	@Override
	public String toString() {
		return "%d runs, %d changes of settings, %d revalidations, %d stale objects: %d invalidated with %d items, named by findings: %s"
			.formatted(this.runs, this.changes, this.revalidated, this.cached, this.invalidated, this.items,
					this.explained);
	}

}
