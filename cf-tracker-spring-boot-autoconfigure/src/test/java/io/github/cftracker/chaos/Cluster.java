package io.github.cftracker.chaos;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Three nodes that track, each replaced when it is killed, and one whose tracker is
 * switched off.
 */
final class Cluster implements AutoCloseable {

	static final int SIZE = 3;

	private final Map<String, Node> nodes = new ConcurrentHashMap<>();

	private final List<Kill> kills = new CopyOnWriteArrayList<>();

	private final HttpClient http;

	private final Path directory;

	private final List<String> properties;

	private final Node control;

	private int started;

	Cluster(HttpClient http, Path directory, List<String> properties) {
		this.http = http;
		this.directory = directory;
		this.properties = properties;
		this.control = new Node("control", directory, NodeProperties.switchedOff());
		try {
			List<Node> first = List.of(launch(), launch(), launch());
			this.control.awaitReady(http);
			first.forEach((node) -> node.awaitReady(http));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private synchronized Node launch() {
		String id = "n" + (++this.started);
		Node node = new Node(id, this.directory, this.properties);
		this.nodes.put(id, node);
		return node;
	}

	Node control() {
		return this.control;
	}

	Node node(String id) {
		return id.equals(this.control.id()) ? this.control : this.nodes.get(id);
	}

	/**
	 * Also those that were killed.
	 */
	Collection<Node> all() {
		return List.copyOf(this.nodes.values());
	}

	List<Kill> kills() {
		return List.copyOf(this.kills);
	}

	List<Node> serving() {
		return this.nodes.values()
			.stream()
			.filter(Node::isServing)
			.sorted(Comparator.comparingInt((node) -> Integer.parseInt(node.id().substring(1))))
			.toList();
	}

	Optional<Node> choose() {
		List<Node> serving = serving();
		return serving.isEmpty() ? Optional.empty()
				: Optional.of(serving.get(ThreadLocalRandom.current().nextInt(serving.size())));
	}

	/**
	 * The node that last began to send a batch.
	 */
	static Optional<Node> lastSender(List<Node> nodes) {
		return nodes.stream().filter((node) -> !node.lastSent().isEmpty()).max(Comparator.comparing(Node::lastSent));
	}

	/**
	 * Takes a node out, unless it is the last one.
	 */
	synchronized Optional<Node> take(Function<List<Node>, Optional<Node>> choice) {
		List<Node> serving = serving();
		Optional<Node> taken = (serving.size() > 1) ? choice.apply(serving) : Optional.empty();
		taken.ifPresent(Node::takeOut);
		return taken;
	}

	void kill(Node node) {
		this.kills.add(node.kill());
	}

	void replace() {
		launch().awaitReady(this.http);
	}

	@Override
	public void close() {
		this.control.close();
		this.nodes.values().forEach(Node::close);
	}

}
