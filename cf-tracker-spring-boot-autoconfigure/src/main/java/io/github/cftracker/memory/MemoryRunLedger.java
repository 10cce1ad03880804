package io.github.cftracker.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cftracker.Run;
import io.github.cftracker.run.RunLedger;

/**
 * A {@link RunLedger} in the memory of this process. It forgets the oldest finished runs,
 * never an unfinished one.
 */
public final class MemoryRunLedger implements RunLedger {

	private final Map<String, Run> runs = new LinkedHashMap<>();

	private final int history;

	/**
	 * Create an empty ledger.
	 * @param history how many runs to keep
	 */
	public MemoryRunLedger(int history) {
		this.history = history;
	}

	@Override
	public synchronized void save(Run run) {
		this.runs.put(run.id(), run);
		int excess = this.runs.size() - this.history;
		if (excess > 0) {
			List<String> oldest = this.runs.values()
				.stream()
				.filter((candidate) -> candidate.state().isFinal())
				.limit(excess)
				.map(Run::id)
				.toList();
			oldest.forEach(this.runs::remove);
		}
	}

	@Override
	public synchronized Optional<Run> find(String id) {
		return Optional.ofNullable(this.runs.get(id));
	}

	@Override
	public synchronized List<Run> latest() {
		List<Run> latest = new ArrayList<>(this.runs.values());
		Collections.reverse(latest);
		return latest;
	}

}
