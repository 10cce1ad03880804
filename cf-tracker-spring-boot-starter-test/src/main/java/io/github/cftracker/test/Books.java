package io.github.cftracker.test;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What was accepted, what it costs and which calls came in.
 */
final class Books {

	private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Invalidation> byId = new LinkedHashMap<>();

	private final Map<String, Invalidation> byCallerReference = new HashMap<>();

	private final List<RecordedCall> calls = new ArrayList<>();

	private final Clock clock;

	private final Quotas quotas;

	private final Consumer<List<String>> edge;

	private ConflictSpelling conflictSpelling = ConflictSpelling.ALREADY_EXISTS;

	private Duration completesAfter;

	private long billedItems;

	Books(Clock clock, Duration completesAfter, Quotas quotas, Consumer<List<String>> edge) {
		this.clock = clock;
		this.completesAfter = completesAfter;
		this.quotas = quotas;
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
				throw this.conflictSpelling.refusal();
			}
			return current(known);
		}
		this.quotas.use(ItemCount.of(batch.paths()), this::inProgress, this.clock.instant());
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

	synchronized void conflictSpelling(ConflictSpelling conflictSpelling) {
		this.conflictSpelling = conflictSpelling;
	}

	synchronized void completesAfter(Duration completesAfter) {
		this.completesAfter = completesAfter;
	}

	synchronized void clear() {
		this.byId.clear();
		this.byCallerReference.clear();
		this.calls.clear();
		this.billedItems = 0;
		this.quotas.refill();
	}

	private ItemCount inProgress() {
		return this.byId.values()
			.stream()
			.filter((invalidation) -> !isCompleted(invalidation))
			.map((invalidation) -> ItemCount.of(invalidation.paths()))
			.reduce(new ItemCount(0, 0), ItemCount::plus);
	}

	private boolean isCompleted(Invalidation invalidation) {
		return !this.clock.instant().isBefore(invalidation.createdAt().plus(this.completesAfter));
	}

	private Invalidation current(Invalidation invalidation) {
		return new Invalidation(invalidation.id(), invalidation.callerReference(), invalidation.paths(),
				invalidation.createdAt(), isCompleted(invalidation) ? "Completed" : "InProgress");
	}

	private String newId() {
		StringBuilder id = new StringBuilder("I");
		while (id.length() < 14) {
			id.append(ID_CHARACTERS.charAt(this.random.nextInt(ID_CHARACTERS.length())));
		}
		return this.byId.containsKey(id.toString()) ? newId() : id.toString();
	}

}
