package io.github.cftracker.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong: with the next CreateInvalidation calls, one call each, and with
 * reading settings, until it is allowed again.
 */
final class Faults {

	private final Deque<Function<Supplier<ApiResponse>, RuntimeException>> next = new ArrayDeque<>();

	private final Map<Operation, ApiException> reading = new ConcurrentHashMap<>();

	private volatile Duration answerAfter = Duration.ZERO;

	void add(int times, Fault fault) {
		add(times, fault::inPlaceOf);
	}

	void add(int times, ApiException refusal) {
		add(times, (answer) -> refusal);
	}

	private synchronized void add(int times, Function<Supplier<ApiResponse>, RuntimeException> fault) {
		for (int i = 0; i < times; i++) {
			this.next.add(fault);
		}
	}

	ApiResponse answer(Supplier<ApiResponse> answer) {
		Function<Supplier<ApiResponse>, RuntimeException> fault = poll();
		if (fault != null) {
			throw fault.apply(answer);
		}
		return answer.get();
	}

	/**
	 * Every call of one of the operations that read settings.
	 */
	void refuseReading(String awsName, ApiException refusal) {
		Operation operation = Stream.of(Operation.GET_DISTRIBUTION_CONFIG, Operation.GET_CACHE_POLICY)
			.filter((candidate) -> candidate.awsName().equals(awsName))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"'%s' does not read settings, use 'GetDistributionConfig' or 'GetCachePolicy'".formatted(awsName)));
		this.reading.put(operation, refusal);
	}

	void allowReading() {
		this.reading.clear();
	}

	void checkReading(Operation operation) {
		ApiException refusal = this.reading.get(operation);
		if (refusal != null) {
			throw refusal;
		}
	}

	private synchronized @Nullable Function<Supplier<ApiResponse>, RuntimeException> poll() {
		return this.next.poll();
	}

	void answerAfter(Duration answerAfter) {
		if (answerAfter.isNegative()) {
			throw new IllegalArgumentException("Invalid duration '%s', use zero or more".formatted(answerAfter));
		}
		this.answerAfter = answerAfter;
	}

	/**
	 * Waits as long as an answer is to take.
	 * @return whether there still is somebody to answer
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

	synchronized void clear() {
		this.next.clear();
		this.reading.clear();
	}

}
