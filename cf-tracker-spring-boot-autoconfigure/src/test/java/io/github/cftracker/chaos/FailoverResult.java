package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came out of one setup, and its lines of the table.
 */
final class FailoverResult {

	static final String HEADER = """
			| Redis | wait-replicas | cut off before the kill, ms | killed during | rounds (failed over once more) | runs completed, unknown, otherwise | objects at the edge, checked | lost | stale | items billed | billed twice (of these said) | s from the kill to a master: median, max | to the end of the run: median, max | viewers' requests, failed | origin requests, failed | p50 / p99 ms, without tracker | the same without a master |
			|%s|
			"""
		.formatted("---|".repeat(16) + "---");

	private static final int SHOWN = 10;

	private final List<String> failures = new ArrayList<>();

	private final List<String> rows;

	FailoverResult(FailoverSetup setup, List<FailoverRound> rounds, FailoverStage its, Downtimes redisDown) {
		add("problems", its.stage().problems());
		this.rows = setup.phases()
			.stream()
			.map((phase) -> row(setup, phase, rounds.stream().filter((round) -> round.phase() == phase).toList(), its,
					redisDown))
			.toList();
	}

	private String row(FailoverSetup setup, Phase phase, List<FailoverRound> rounds, FailoverStage its,
			Downtimes redisDown) {
		long completed = rounds.stream().filter(FailoverRound::isCompleted).count();
		long unknown = rounds.stream().filter((round) -> round.state().equals(Runs.UNKNOWN)).count();
		long repeated = rounds.stream().filter(FailoverRound::repeated).count();
		int objects = rounds.stream().mapToInt(FailoverRound::objects).sum();
		long items = rounds.stream().mapToLong(FailoverRound::items).sum();
		int failed = rounds.stream().mapToInt(FailoverRound::failed).sum();
		int said = rounds.stream().mapToInt(FailoverRound::said).sum();
		List<String> lost = all(rounds, FailoverRound::lost);
		List<String> stale = all(rounds, FailoverRound::stale);
		List<String> twice = all(rounds, FailoverRound::twice);
		List<PageRequest> requests = requests(rounds, its);
		// Each with its like: what else goes on in an outage slows the control node down
		// too
		PageCheck calm = pages(requests, its, (request) -> !redisDown.overlap(request.from(), request.to()));
		PageCheck outage = pages(requests, its, (request) -> redisDown.overlap(request.from(), request.to()));
		List<PageRequest> failedRequests = Stream.concat(calm.failed().stream(), outage.failed().stream()).toList();
		add(phase + ": runs that did not complete",
				rounds.stream().filter((round) -> !round.isCompleted()).map(FailoverRound::toString).toList());
		add(phase + ": failed requests to nodes", failedRequests.stream().map(PageRequest::toString).toList());
		if (failed > 0) {
			this.failures.add("%s: %d viewers saw an error".formatted(phase, failed));
		}
		if (rounds.size() < setup.rounds() || objects == 0 || items == 0 || calm.control().count() == 0
				|| outage.control().count() == 0 || outage.all().count() == 0) {
			this.failures.add("%s: Not everything was checked".formatted(phase));
		}
		if (setup.waitReplicas() > 0) {
			add(phase + ": lost objects", lost);
			add(phase + ": old objects at the edge", stale);
			add(phase + ": items billed twice", twice);
			if (said > 0) {
				this.failures.add("%s: %d items were billed twice, as is said".formatted(phase, said));
			}
		}
		List<Object> cells = List.of(setup.topology(), setup.waitReplicas(), setup.lag().toMillis(), phase,
				"%d (%d)".formatted(rounds.size(), repeated),
				"%d, %d, %d".formatted(completed, unknown, rounds.size() - completed - unknown), objects, lost.size(),
				stale.size(), items, "%d (%d)".formatted(twice.size() + said, said),
				seconds(rounds, FailoverRound::masterAfter), seconds(rounds, FailoverRound::endAfter),
				rounds.stream().mapToInt(FailoverRound::viewed).sum() + ", " + failed,
				calm.requests() + outage.requests() + ", " + failedRequests.size(), latencies(calm), latencies(outage));
		return cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static List<PageRequest> requests(List<FailoverRound> rounds, FailoverStage its) {
		return its.stage()
			.forwarder()
			.requests()
			.stream()
			.filter((request) -> rounds.stream().anyMatch((round) -> round.includes(request)))
			.toList();
	}

	private static PageCheck pages(List<PageRequest> requests, FailoverStage its, Predicate<PageRequest> when) {
		return PageCheck.of(requests.stream().filter(when).toList(), its.stage().cluster().control().id(),
				(node, from, to) -> false, (from, to) -> false);
	}

	private static String latencies(PageCheck pages) {
		return pages.all() + ", " + pages.control();
	}

	private static List<String> all(List<FailoverRound> rounds, Function<FailoverRound, List<String>> found) {
		return rounds.stream().map(found).flatMap(Collection::stream).toList();
	}

	private static String seconds(List<FailoverRound> rounds, Function<FailoverRound, Duration> time) {
		List<Duration> sorted = rounds.stream().map(time).sorted().toList();
		return sorted.isEmpty() ? "-" : "%.1f, %.1f".formatted(sorted.get((sorted.size() - 1) / 2).toMillis() / 1e3,
				sorted.get(sorted.size() - 1).toMillis() / 1e3);
	}

	private void add(String what, List<String> found) {
		if (!found.isEmpty()) {
			this.failures.add("%d %s: %s".formatted(found.size(), what,
					found.stream().limit(SHOWN).collect(Collectors.joining("\n    ", "\n    ", ""))));
		}
	}

	List<String> rows() {
		return this.rows;
	}

	List<String> failures() {
		return this.failures;
	}

}
