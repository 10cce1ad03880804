package io.github.cftracker.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.cftracker.test.Fault;

/**
 * What came out of one seed, and its line of the table.
 */
final class Result {

	static final String HEADER = """
			| seed | kills | pauses | in the middle of a batch | Redis restarts | skipped | faults: %s | calls that failed | changes, runs | objects at the edge before, checked after | lost within the bound: all (longest before a kill, ms), of these in outages | stale | invalidations, items billed | billed twice (and said so) | pages requested, unserved, failed | origin requests, lost with their node, failed | p50 / p99 ms | without Redis | without tracker | problems |
			|%s|
			"""
		.formatted(Arrays.stream(Fault.values()).map(Fault::name).collect(Collectors.joining(" ")),
				"---|".repeat(19) + "---");

	private static final int SHOWN = 10;

	private final List<String> failures = new ArrayList<>();

	private final String row;

	Result(long seed, Stage stage, Chaos chaos, Viewers viewers, int held, EdgeCheck edge, BillCheck bill,
			PageCheck pages) {
		add("old objects at the edge", edge.stale().stream().map(EdgeCheck::describe).toList());
		add("items billed twice", bill.twice());
		add("errors in the books", bill.problems());
		add("failed requests to nodes", pages.failed().stream().map(PageRequest::toString).toList());
		add("problems", stage.problems());
		if (viewers.failed() > 0) {
			this.failures.add("%d viewers saw an error".formatted(viewers.failed()));
		}
		if (edge.objects() == 0 || bill.items() == 0 || pages.control().count() == 0) {
			this.failures.add("Nothing was checked");
		}
		if (chaos.tally("Redis restarts") > 0 && pages.redisDown().count() == 0) {
			this.failures.add("No page was answered in an outage of Redis");
		}
		long failedCalls = stage.cloudFront()
			.calls()
			.stream()
			.filter((call) -> call.operation().equals("CreateInvalidation") && call.status() != 201)
			.count();
		String faults = Arrays.stream(Fault.values())
			.map((fault) -> Integer.toString(chaos.tally(fault.name())))
			.collect(Collectors.joining(" "));
		List<Object> cells = List.of(seed, chaos.tally("kills"), chaos.tally("pauses"), chaos.tally("mid-batch"),
				chaos.tally("Redis restarts"), chaos.tally("skipped"), faults, failedCalls,
				chaos.tally("changes") + ", " + stage.operators().accepted().size(), held + ", " + edge.objects(),
				"%d (%d), %d".formatted(edge.lost().size(), edge.oldestLost().toMillis(), edge.lostInOutages()),
				edge.stale().size(), bill.invalidations() + ", " + bill.items(),
				"%d (%d)".formatted(bill.twice().size(), bill.said()),
				viewers.requested() + ", " + viewers.unserved() + ", " + viewers.failed(),
				pages.requests() + ", " + pages.nodeGone() + ", " + pages.failed().size(), pages.all(),
				pages.redisDown(), pages.control(), this.failures.size());
		this.row = cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private void add(String what, List<String> found) {
		if (!found.isEmpty()) {
			this.failures.add("%d %s: %s".formatted(found.size(), what,
					found.stream().limit(SHOWN).collect(Collectors.joining("\n    ", "\n    ", ""))));
		}
	}

	String row() {
		return this.row;
	}

	List<String> failures() {
		return this.failures;
	}

}
