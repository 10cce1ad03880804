package io.github.cftracker.memory;

import java.time.Instant;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryRunLedgerTests {

	private final MemoryRunLedger ledger = new MemoryRunLedger(3);

	@Test
	void listsTheNewestFirst() {
		save("1", State.COMPLETED);
		save("2", State.QUEUED);
		assertThat(this.ledger.latest()).extracting(Run::id).containsExactly("2", "1");
	}

	@Test
	void replacesWhatItKnows() {
		save("1", State.QUEUED);
		save("2", State.QUEUED);
		save("1", State.SENDING);
		assertThat(this.ledger.latest()).extracting(Run::id).containsExactly("2", "1");
		assertThat(this.ledger.find("1")).hasValueSatisfying((run) -> assertThat(run.state()).isEqualTo(State.SENDING));
	}

	@Test
	void forgetsTheOldestFinishedRuns() {
		save("unfinished", State.IN_PROGRESS);
		save("1", State.COMPLETED);
		save("2", State.FAILED);
		save("3", State.EMPTY);
		save("4", State.COMPLETED);
		assertThat(this.ledger.latest()).extracting(Run::id).containsExactly("4", "3", "unfinished");
		assertThat(this.ledger.find("1")).isEmpty();
	}

	private void save(String id, State state) {
		this.ledger.save(new Run(id, state, Instant.EPOCH, null, Selection.ofEverything(), null, null, null, List.of(),
				List.of(), 0, null));
	}

}
