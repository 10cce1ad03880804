package io.github.cftracker.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Client that runs an action before or after CloudFront accepts, and bills every
 * reference once.
 */
final class ScriptedClient implements InvalidationClient {

	final List<String> billed = new CopyOnWriteArrayList<>();

	final List<Call> calls = new CopyOnWriteArrayList<>();

	private final Map<String, List<String>> accepted = new ConcurrentHashMap<>();

	volatile Consumer<String> before = (reference) -> {
	};

	volatile Consumer<String> after = (reference) -> {
	};

	volatile boolean completed = true;

	@Override
	public String create(String callerReference, List<String> items) {
		this.before.accept(callerReference);
		this.calls.add(new Call(callerReference, List.copyOf(items)));
		if (this.accepted.putIfAbsent(callerReference, List.copyOf(items)) == null) {
			this.billed.addAll(items);
		}
		this.after.accept(callerReference);
		return "I" + callerReference;
	}

	@Override
	public Optional<String> find(String callerReference, List<String> items, Instant since) {
		return Optional.empty();
	}

	@Override
	public boolean isCompleted(String invalidationId) {
		return this.completed;
	}

	static void await(CountDownLatch latch) {
		try {
			if (!latch.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Waited for too long");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Call(String reference, List<String> items) {
	}

}
