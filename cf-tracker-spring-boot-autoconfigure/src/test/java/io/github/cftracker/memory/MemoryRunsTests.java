package io.github.cftracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryRunsTests {

	private final MemoryRuns runs = new MemoryRuns(3, Duration.ofMinutes(10), PathPatterns.UNKNOWN, Clock.systemUTC());

	@Test
	void listsTheNewestFirst() {
		save("1", State.COMPLETED);
		save("2", State.QUEUED);
		assertThat(this.runs.latest(Integer.MAX_VALUE)).extracting(Run::id).containsExactly("2", "1");
	}

	@Test
	void replacesKnownRun() {
		save("1", State.QUEUED);
		save("2", State.QUEUED);
		save("1", State.SENDING);
		assertThat(this.runs.latest(Integer.MAX_VALUE)).extracting(Run::id).containsExactly("2", "1");
		assertThat(this.runs.find("1")).hasValueSatisfying((run) -> assertThat(run.state()).isEqualTo(State.SENDING));
	}

	@Test
	void forgetsTheOldestFinishedRuns() {
		save("unfinished", State.IN_PROGRESS);
		save("1", State.COMPLETED);
		save("2", State.FAILED);
		save("3", State.EMPTY);
		save("4", State.COMPLETED);
		save("5", State.ACCEPTED);
		assertThat(this.runs.latest(Integer.MAX_VALUE)).extracting(Run::id)
			.containsExactly("5", "4", "3", "2", "unfinished");
		assertThat(this.runs.find("1")).isEmpty();
	}

	@Test
	void keepsAsManyFailedRunsAsOthers() {
		for (int i = 0; i < 10; i++) {
			save("failed-" + i, State.FAILED);
			save("completed-" + i, State.COMPLETED);
		}
		assertThat(this.runs.latest(Integer.MAX_VALUE)).extracting(Run::id)
			.containsExactly("completed-9", "failed-9", "completed-8", "failed-8", "completed-7", "failed-7");
	}

	@Test
	void historyDoesNotCountWaitingRuns() {
		save("1", State.COMPLETED);
		for (int i = 0; i < 10; i++) {
			save("queued-" + i, State.QUEUED);
		}
		assertThat(this.runs.latest(Integer.MAX_VALUE)).hasSize(11).extracting(Run::id).contains("1");
	}

	private void save(String id, State state) {
		this.runs.save(Run.queued(id, Selection.ofEverything(), Trigger.API, Instant.EPOCH).withState(state));
	}

}
