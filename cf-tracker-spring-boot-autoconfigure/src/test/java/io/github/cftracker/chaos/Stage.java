package io.github.cftracker.chaos;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.cftracker.test.LocalCloudFront;

/**
 * Everybody who takes part, apart from Redis, and the list of what went wrong.
 */
final class Stage implements AutoCloseable {

	private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(200)).start();

	private final Content content;

	private final Cluster cluster;

	private final Forwarder forwarder;

	private final Operators operators;

	/**
	 * Set the stage.
	 * @param directory where nodes log
	 * @param redis how nodes find their Redis, and what else this stage has them do
	 */
	Stage(Path directory, List<String> redis) {
		this.content = new Content(directory);
		try {
			this.cluster = new Cluster(this.http, directory, NodeProperties.of(this.cloudFront, redis));
		}
		catch (RuntimeException ex) {
			this.cloudFront.close();
			throw ex;
		}
		this.forwarder = new Forwarder(this.cluster, this.http);
		this.cloudFront.origin(this.forwarder.uri());
		this.operators = new Operators(this.cluster, this.http, this.problems);
	}

	void problem(String problem) {
		this.problems.add(problem);
	}

	List<String> problems() {
		return List.copyOf(this.problems);
	}

	HttpClient http() {
		return this.http;
	}

	LocalCloudFront cloudFront() {
		return this.cloudFront;
	}

	Content content() {
		return this.content;
	}

	Cluster cluster() {
		return this.cluster;
	}

	Forwarder forwarder() {
		return this.forwarder;
	}

	Operators operators() {
		return this.operators;
	}

	@Override
	public void close() {
		this.cluster.close();
		this.forwarder.close();
		this.cloudFront.close();
	}

}
