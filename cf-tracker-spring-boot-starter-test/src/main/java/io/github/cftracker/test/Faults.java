package io.github.cftracker.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The faults of the next calls, in the order they were added, for each operation apart.
 */
final class Faults {

	private final Map<Operation, Deque<Pending>> pending = new EnumMap<>(Operation.class);

	private volatile Duration answerAfter = Duration.ZERO;

	synchronized void add(Operation operation, int times, Fault fault) {
		if (times > 0) {
			pending(operation).add(new Pending(fault, times));
		}
	}

	ApiResponse answer(Operation operation, Supplier<ApiResponse> answer) {
		Fault fault = next(operation);
		return (fault != null) ? fault.answer(operation, answer) : answer.get();
	}

	private synchronized @Nullable Fault next(Operation operation) {
		Deque<Pending> faults = pending(operation);
		Pending first = faults.peek();
		if (first == null) {
			return null;
		}
		if (first.times() < LocalCloudFront.ALWAYS) {
			faults.remove();
			if (first.times() > 1) {
				faults.addFirst(new Pending(first.fault(), first.times() - 1));
			}
		}
		return first.fault();
	}

	private Deque<Pending> pending(Operation operation) {
		return this.pending.computeIfAbsent(operation, (key) -> new ArrayDeque<>());
	}

	void answerAfter(Duration answerAfter) {
		if (answerAfter.isNegative()) {
			throw new IllegalArgumentException("Invalid duration '%s', use zero or more".formatted(answerAfter));
		}
		this.answerAfter = answerAfter;
	}

	/**
	 * Wait as long as an answer is to take.
	 * @return whether the caller can still be answered
	 */
	boolean await() {
		try {
			Thread.sleep(this.answerAfter.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			// The server is closing
			Thread.currentThread().interrupt();
			return false;
		}
	}

	synchronized void clear(Operation operation) {
		this.pending.remove(operation);
	}

	synchronized void clear() {
		this.pending.clear();
	}

	private record Pending(Fault fault, int times) {

	}

}
