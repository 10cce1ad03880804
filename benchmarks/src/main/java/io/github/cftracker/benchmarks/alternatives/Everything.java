package io.github.cftracker.benchmarks.alternatives;

import java.util.List;

/**
 * An invalidation of {@code /*}, for which nothing has to be tracked.
 */
final class Everything implements Alternative {

	private final Sender sender;

	Everything(Sender sender) {
		this.sender = sender;
	}

	@Override
	public void record(int page) {
	}

	@Override
	public void invalidateChanged() {
		invalidateAll();
	}

	@Override
	public void invalidateAll() {
		this.sender.send(List.of("/*"));
	}

	@Override
	public void close() {
	}

}
