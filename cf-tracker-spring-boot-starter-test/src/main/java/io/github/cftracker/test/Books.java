package io.github.cftracker.test;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What was accepted, what it costs, which calls came in and what is to be refused next.
 */
final class Books {

	private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Invalidation> byId = new LinkedHashMap<>();

	private final Map<String, Invalidation> byCallerReference = new HashMap<>();

	private final List<RecordedCall> calls = new ArrayList<>();

	private final Deque<ApiException> refusals = new ArrayDeque<>();

	private final Clock clock;

	private final Consumer<List<String>> edge;

	private Duration completesAfter;

	private long billedItems;

	Books(Clock clock, Duration completesAfter, Consumer<List<String>> edge) {
		this.clock = clock;
		this.completesAfter = completesAfter;
		this.edge = edge;
	}

	/**
	 * Enters the batch and has the edge drop what it names, both before anybody else sees
	 * either. An identical batch gets the invalidation of the first.
	 */
	synchronized Invalidation accept(InvalidationBatch batch) {
		Invalidation known = this.byCallerReference.get(batch.callerReference());
		if (known != null) {
			if (!known.paths().equals(batch.paths())) {
				throw ApiException.invalidArgument("Your request contains a caller reference that was used for a "
						+ "previous invalidation batch for the same distribution.");
			}
			return current(known);
		}
		Invalidation accepted = new Invalidation(newId(), batch.callerReference(), batch.paths(),
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS), "InProgress");
		this.byId.put(accepted.id(), accepted);
		this.byCallerReference.put(accepted.callerReference(), accepted);
		this.billedItems += accepted.paths().size();
		this.edge.accept(accepted.paths());
		return current(accepted);
	}

	synchronized @Nullable Invalidation find(String id) {
		Invalidation found = this.byId.get(id);
		return (found != null) ? current(found) : null;
	}

	synchronized List<Invalidation> invalidations() {
		return this.byId.values().stream().map(this::current).toList();
	}

	synchronized long billedItems() {
		return this.billedItems;
	}

	synchronized void record(String operation, int status, Instant at) {
		this.calls.add(new RecordedCall(operation, status, at));
	}

	synchronized List<RecordedCall> calls() {
		return List.copyOf(this.calls);
	}

	synchronized void refuse(int times, ApiException refusal) {
		for (int i = 0; i < times; i++) {
			this.refusals.add(refusal);
		}
	}

	synchronized void throwNextRefusal() {
		ApiException refusal = this.refusals.poll();
		if (refusal != null) {
			throw refusal;
		}
	}

	synchronized void completesAfter(Duration completesAfter) {
		this.completesAfter = completesAfter;
	}

	synchronized void clear() {
		this.byId.clear();
		this.byCallerReference.clear();
		this.calls.clear();
		this.refusals.clear();
		this.billedItems = 0;
	}

	private Invalidation current(Invalidation invalidation) {
		boolean completed = !this.clock.instant().isBefore(invalidation.createdAt().plus(this.completesAfter));
		return new Invalidation(invalidation.id(), invalidation.callerReference(), invalidation.paths(),
				invalidation.createdAt(), completed ? "Completed" : "InProgress");
	}

	private String newId() {
		StringBuilder id = new StringBuilder("I");
		while (id.length() < 14) {
			id.append(ID_CHARACTERS.charAt(this.random.nextInt(ID_CHARACTERS.length())));
		}
		return this.byId.containsKey(id.toString()) ? newId() : id.toString();
	}

}
