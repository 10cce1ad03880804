package io.github.cftracker.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.Run;
import io.github.cftracker.StoreUnavailableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class RunCompletionsTests {

	private final RunLedger ledger = mock(RunLedger.class);

	private final RunCompletions completions = new RunCompletions(this.ledger);

	@Test
	void waitsOnWhileStoreIsUnavailable() {
		CompletableFuture<Run> completion = this.completions.await("R1");
		given(this.ledger.find("R1")).willThrow(new StoreUnavailableException("Redis did not answer", null));
		this.completions.look();
		assertThat(completion).isNotDone();
	}

	@Test
	void endsWaitForRunThatNoLongerExists() {
		CompletableFuture<Run> completion = this.completions.await("R1");
		given(this.ledger.find("R1")).willReturn(Optional.empty());
		this.completions.look();
		assertThat(completion).isCompletedExceptionally();
	}

}
