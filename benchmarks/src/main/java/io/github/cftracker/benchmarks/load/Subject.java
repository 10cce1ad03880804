package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.testing.TestRedis;

/**
 * An application, what it has around it, and the load on it.
 */
final class Subject implements AutoCloseable {

	/**
	 * Longer than what the starter holds back.
	 */
	private static final Duration FLUSH = Duration.ofMillis(300);

	private final Surroundings surroundings = new Surroundings();

	private final Variant variant;

	private final ApplicationProcess application;

	private final Load load;

	Subject(Variant variant, Page page, Requests requests) throws IOException {
		this.variant = variant;
		try {
			this.application = new ApplicationProcess(variant, page, this.surroundings);
		}
		catch (IOException | RuntimeException ex) {
			this.surroundings.close();
			throw ex;
		}
		this.load = load(requests);
		if (variant == Variant.STARTER) {
			awaitReading();
		}
	}

	private void awaitReading() throws IOException {
		try {
			this.surroundings.awaitReading();
		}
		catch (IllegalStateException ex) {
			close();
			throw ex;
		}
	}

	Variant variant() {
		return this.variant;
	}

	ApplicationProcess application() {
		return this.application;
	}

	Load load() {
		return this.load;
	}

	/**
	 * Another load.
	 */
	Load load(Requests requests) {
		return new Load(this.application.port(), requests);
	}

	TestRedis redis() {
		return this.surroundings.redis();
	}

	/**
	 * Returns when everything is in Redis.
	 */
	void awaitFlush() {
		Pause.of(FLUSH);
	}

	/**
	 * How many paths are in Redis.
	 */
	long written() {
		awaitFlush();
		return this.surroundings.written(this.variant);
	}

	@Override
	public void close() throws IOException {
		try {
			this.application.close();
		}
		finally {
			this.surroundings.close();
		}
	}

}
