package io.github.cftracker.chaos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Those who ask for invalidations, at any node, and look what becomes of them.
 */
final class Operators {

	private static final String ENDPOINT = "/actuator/cfinvalidate";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Set<Integer> LEGAL = Set.of(200, 202, 404, 503);

	private final JsonMapper json = JsonMapper.shared();

	private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> problems;

	private final HttpClient http;

	private final Cluster cluster;

	Operators(Cluster cluster, HttpClient http, ConcurrentLinkedQueue<String> problems) {
		this.cluster = cluster;
		this.http = http;
		this.problems = problems;
	}

	/**
	 * Asks one node after the other until one accepts.
	 * @return the id of the run, empty if none did
	 */
	Optional<String> invalidate() {
		AtomicReference<String> id = new AtomicReference<>();
		Instant at = Instant.now();
		Wait.until(Duration.ofSeconds(40), Duration.ofMillis(200), () -> {
			this.cluster.choose()
				.flatMap((node) -> send(node, "POST", ENDPOINT))
				.filter((response) -> response.statusCode() == 202)
				.ifPresent((response) -> id.set(this.json.readTree(response.body()).path("id").asString()));
			return id.get() != null;
		});
		if (id.get() == null) {
			this.problems.add("No node accepted the request to invalidate of " + at);
			return Optional.empty();
		}
		this.accepted.putIfAbsent(id.get(), at);
		return Optional.of(id.get());
	}

	/**
	 * The runs that were accepted, and when they were asked for.
	 */
	Map<String, Instant> accepted() {
		return this.accepted;
	}

	/**
	 * A run as a node shows it: with a status of 404 where the node does not know it, and
	 * nothing where it could not be asked.
	 */
	Optional<HttpResponse<String>> show(Node node, String id) {
		return send(node, "GET", ENDPOINT + "/" + id).filter((response) -> response.statusCode() != 503);
	}

	JsonNode parse(HttpResponse<String> response) {
		return this.json.readTree(response.body());
	}

	/**
	 * What a node has recorded and not yet written.
	 */
	int pending(Node node) {
		return send(node, "GET", ENDPOINT).filter((response) -> response.statusCode() == 200)
			.map((response) -> parse(response).path("pending").asInt(-1))
			.orElse(-1);
	}

	/**
	 * The tracked paths with a prefix, as the first node shows them that can.
	 */
	Optional<Set<String>> tracked(String prefix) {
		return this.cluster.serving()
			.stream()
			.flatMap((node) -> send(node, "GET", "/actuator/cfpaths?limit=10000&prefix=" + prefix).stream())
			.filter((response) -> response.statusCode() == 200)
			.findFirst()
			.map((response) -> parse(response).path("paths")
				.valueStream()
				.map((path) -> path.path("path").asString())
				.collect(Collectors.toSet()));
	}

	private Optional<HttpResponse<String>> send(Node node, String method, String target) {
		Instant from = Instant.now();
		try {
			HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(node.uri(target))
				.method(method, BodyPublishers.noBody())
				.timeout(PATIENCE)
				.build(), BodyHandlers.ofString());
			if (!LEGAL.contains(response.statusCode())) {
				this.problems.add("%s %s at %s was answered %d %s".formatted(method, target, node.id(),
						response.statusCode(), response.body()));
			}
			return Optional.of(response);
		}
		catch (IOException ex) {
			if (!node.downtimes().overlap(from, Instant.now())) {
				this.problems.add("%s %s at %s failed: %s".formatted(method, target, node.id(), ex));
			}
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

}
