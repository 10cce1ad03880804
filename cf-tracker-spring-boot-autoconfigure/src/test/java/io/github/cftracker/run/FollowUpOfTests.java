package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FollowUpOfTests {

	private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-,           /products/7,  true
			/products/7, /products/7,  true
			/products/7, /products/8,  false
			/products/*, /products/8,  true
			/products/7, /products/*,  true
			/products/*, /products/7?*, true
			/shops/7,    /products/*,  false
			""")
	void assignsLatePathToRunThatMayHaveSelectedIt(String selected, String late, boolean part) {
		Selection selection = (selected != null) ? InvalidationRequest.ofPaths(selected).selection()
				: Selection.ofEverything();
		MemoryRunLedger ledger = new MemoryRunLedger(new MemoryUrlStore(Clock.systemUTC()), 10, Duration.ofMinutes(1),
				PathPatterns.UNKNOWN, Clock.systemUTC());
		ledger.request("run", new InvalidationRequest(selection));
		Run run = ledger.list(0).newest().orElseThrow();
		List<FollowUp> followUps = FollowUp.of(Map.of(new TrackedPath(late, null), NOON.minusSeconds(1)),
				Map.of(run, NOON), PathPatterns.UNKNOWN);
		assertThat(followUps).hasSize(part ? 1 : 0);
	}

}
