package io.github.cftracker.chaos;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * The runs that were accepted, as all nodes show them.
 */
final class Runs {

	/**
	 * Where no node knows a run.
	 */
	static final String UNKNOWN = "unknown";

	private static final Set<String> FINAL = Set.of("COMPLETED", "FAILED", "EMPTY");

	private static final Set<String> UNSETTLED = Set.of("SENDING", "IN_PROGRESS");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Operators operators;

	private final Cluster cluster;

	Runs(Operators operators, Cluster cluster) {
		this.operators = operators;
		this.cluster = cluster;
	}

	/**
	 * Waits until every node shows every run as final.
	 * @return those that are not, and what is shown instead
	 */
	List<String> awaitEnd() {
		// As it was last seen in full: the end of the wait may interrupt a look
		AtomicReference<List<String>> open = new AtomicReference<>(List.of());
		Wait.until(PATIENCE, Duration.ofMillis(500), () -> {
			List<String> seen = open();
			if (!Thread.currentThread().isInterrupted()) {
				open.set(seen);
			}
			return seen.isEmpty();
		});
		return open.get();
	}

	private List<String> open() {
		return new TreeSet<>(this.operators.accepted().keySet()).stream()
			.flatMap((id) -> describe(id).stream())
			.toList();
	}

	private Optional<String> describe(String id) {
		List<String> shown = new ArrayList<>();
		for (Node node : this.cluster.serving()) {
			String state = state(node, id);
			if (!FINAL.contains(state)) {
				shown.add("%s at %s".formatted(state, node.id()));
			}
		}
		return shown.isEmpty() ? Optional.empty() : Optional.of("Run %s is %s".formatted(id, shown));
	}

	private String state(Node node, String id) {
		Optional<HttpResponse<String>> shown = this.operators.show(node, id);
		if (shown.isEmpty()) {
			return "not shown";
		}
		if (shown.get().statusCode() == 404) {
			return UNKNOWN;
		}
		JsonNode run = this.operators.parse(shown.get());
		String state = run.path("state").asString();
		boolean settled = run.path("batches")
			.valueStream()
			.noneMatch((batch) -> UNSETTLED.contains(batch.path("state").asString()));
		// A batch that was given up without an answer is left to the next run
		return (settled || state.equals("FAILED")) ? state : "%s and not settled".formatted(state);
	}

	/**
	 * Waits for the end of a run.
	 * @return its final state, or its last one
	 */
	String awaitEnd(String id) {
		AtomicReference<String> state = new AtomicReference<>(UNKNOWN);
		Wait.until(Duration.ofSeconds(60), Duration.ofMillis(200), () -> {
			state(id).ifPresent(state::set);
			return FINAL.contains(state.get());
		});
		return state.get();
	}

	private Optional<String> state(String id) {
		List<HttpResponse<String>> shown = shown(id).toList();
		Optional<String> known = shown.stream()
			.filter((response) -> response.statusCode() == 200)
			.findFirst()
			.map((response) -> this.operators.parse(response).path("state").asString());
		return known.isPresent() || shown.isEmpty() ? known : Optional.of(UNKNOWN);
	}

	/**
	 * How many items of each run it says may have been billed twice.
	 */
	Map<String, Long> possiblyBilledTwice() {
		Map<String, Long> said = new HashMap<>();
		for (String id : this.operators.accepted().keySet()) {
			find(id).ifPresent((run) -> said.put(id, run.path("possiblyBilledTwice").asLong(0)));
		}
		return said;
	}

	private Optional<JsonNode> find(String id) {
		return shown(id).filter((response) -> response.statusCode() == 200).map(this.operators::parse).findFirst();
	}

	private Stream<HttpResponse<String>> shown(String id) {
		return this.cluster.serving().stream().flatMap((node) -> this.operators.show(node, id).stream());
	}

}
