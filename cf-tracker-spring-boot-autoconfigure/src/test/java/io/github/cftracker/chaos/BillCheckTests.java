package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.cftracker.test.Invalidation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BillCheckTests {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private static final String RUN = UUID.randomUUID().toString();

	private static final String OTHER = UUID.randomUUID().toString();

	@Test
	void partsOfARunWithoutACommonItemAreFine() {
		BillCheck check = check(nobody(), bill(RUN + "-1", 0, "/a", "/b"), bill(RUN + "-2.0", 1, "/c"),
				bill(RUN + "-2.1.0", 1, "/d"));
		assertThat(check.twice()).isEmpty();
		assertThat(check.problems()).isEmpty();
		assertThat(check.items()).isEqualTo(4);
	}

	@Test
	void anItemInTwoBatchesOfARunIsBilledTwice() {
		assertThat(check(always(), bill(RUN + "-1", 0, "/a"), bill(RUN + "-2", 1, "/a", "/b")).twice()).singleElement()
			.asString()
			.startsWith("/a was billed at ");
	}

	@Test
	void anItemInALateBatchIsFineWhereThePageWasAskedFor() {
		assertThat(check(always(), bill(RUN + "-1", 0, "/a"), bill(RUN + "-late-1", 1, "/a")).twice()).isEmpty();
		assertThat(check(nobody(), bill(RUN + "-1", 0, "/a"), bill(RUN + "-late-1", 1, "/a")).twice()).hasSize(1);
	}

	@Test
	void anItemOfTwoRunsIsFineWhereThePageWasAskedFor() {
		assertThat(check(always(), bill(RUN + "-1", 0, "/a"), bill(OTHER + "-1", 1, "/a")).twice()).isEmpty();
		assertThat(check(nobody(), bill(RUN + "-1", 0, "/a"), bill(OTHER + "-1", 1, "/a")).twice()).hasSize(1);
	}

	@Test
	void runsMayBeBilledInAnotherOrderThanTheyWereRequested() {
		Invalidation[] bills = { bill(OTHER + "-1", 5, "/a"), bill(RUN + "-1", 6, "/a") };
		Map<String, Instant> requested = Map.of(RUN, NOON, OTHER, NOON.plusSeconds(4));
		assertThat(check(new PageRequests(List.of(request(1, 2)), requested, List.of()), bills).twice()).isEmpty();
		assertThat(check(new PageRequests(List.of(request(-10, -9)), requested, List.of()), bills).twice()).hasSize(1);
	}

	@Test
	void whatARunSaysIsCountedApartUpToWhatItSays() {
		Invalidation[] bills = { bill(RUN + "-1", 0, "/a", "/b"), bill(RUN + "-1.r", 1, "/a", "/b") };
		BillCheck check = BillCheck.of(List.of(bills), Map.of(RUN, 2L), nobody());
		assertThat(check.said()).isEqualTo(2);
		assertThat(check.twice()).isEmpty();
		assertThat(BillCheck.of(List.of(bills), Map.of(RUN, 1L), nobody()).twice()).hasSize(1);
		assertThat(check(nobody(), bills).twice()).hasSize(2);
	}

	@Test
	void aReferenceInTheBooksTwiceIsAProblem() {
		assertThat(check(always(), bill(RUN + "-1", 0, "/a"), bill(RUN + "-1", 0, "/b")).problems()).singleElement()
			.asString()
			.contains(RUN + "-1 was billed twice");
	}

	@Test
	void aReferenceOfNoRunIsAProblem() {
		assertThat(check(always(), bill("4711", 0, "/a")).problems()).hasSize(1);
	}

	@Test
	void pagesCountFromShortlyBeforeTheRunWasAskedFor() {
		PageRequests pages = new PageRequests(List.of(request(-10, -9), request(2, 3)), Map.of(RUN, NOON), List.of());
		assertThat(pages.mayHaveBeenRecorded("/a", RUN, NOON.plusSeconds(2))).isTrue();
		assertThat(pages.mayHaveBeenRecorded("/a", RUN, NOON.plusSeconds(1))).isFalse();
		assertThat(pages.mayHaveBeenRecorded("/b", RUN, NOON.plusSeconds(2))).isFalse();
		PageRequests unwritten = new PageRequests(List.of(request(-10, -9)), Map.of(RUN, NOON),
				List.of(new Downtime(NOON.minusSeconds(9), NOON.minusSeconds(1))));
		assertThat(unwritten.mayHaveBeenRecorded("/a", RUN, NOON.plusSeconds(1))).isTrue();
	}

	private static BillCheck check(BillCheck.Pages pages, Invalidation... invalidations) {
		return BillCheck.of(List.of(invalidations), Map.of(), pages);
	}

	private static BillCheck.Pages nobody() {
		return (item, run, until) -> false;
	}

	private static BillCheck.Pages always() {
		return (item, run, until) -> true;
	}

	private static Invalidation bill(String reference, int second, String... items) {
		String callerReference = (reference.length() > 36) ? "cf-tracker-" + reference : reference;
		return new Invalidation("I" + reference, callerReference, List.of(items), NOON.plusSeconds(second),
				"Completed");
	}

	private static PageRequest request(int from, int to) {
		return new PageRequest("n1", "/a", NOON.plusSeconds(from), NOON.plusSeconds(to), 200, Duration.ZERO, true);
	}

}
