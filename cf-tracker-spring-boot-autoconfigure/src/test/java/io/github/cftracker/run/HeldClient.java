package io.github.cftracker.run;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Client that holds calls back until they are released.
 */
final class HeldClient implements InvalidationClient {

	private final InvalidationClient delegate;

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private final CountDownLatch held = new CountDownLatch(1);

	private int calls;

	private int actAfter = -1;

	private int created;

	private int holdAfter = -1;

	private Runnable action = () -> {
	};

	private Set<String> badItems = Set.of();

	private int answersToLose;

	HeldClient(InvalidationClient delegate) {
		this.delegate = delegate;
	}

	void hold() {
		this.gate = new CountDownLatch(1);
	}

	void holdAfter(int calls) {
		this.holdAfter = calls;
	}

	void awaitHeld() throws InterruptedException {
		assertThat(this.held.await(20, TimeUnit.SECONDS)).isTrue();
	}

	void release() {
		this.gateOfQuestions.countDown();
		this.gate.countDown();
	}

	void afterCalls(int calls, Runnable action) {
		this.actAfter = calls;
		this.action = action;
	}

	@Override
	public String create(String callerReference, List<String> items) {
		if (this.created++ == this.holdAfter) {
			hold();
		}
		if (this.gate.getCount() > 0) {
			this.held.countDown();
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.beforeFirstCall.accept(callerReference);
		this.beforeFirstCall = (reference) -> {
		};
		if (this.broken != null) {
			throw this.broken;
		}
		if (items.stream().anyMatch(this.badItems::contains)) {
			throw new InvalidationException("Your request contains one or more invalid invalidation paths.",
					InvalidationException.Kind.ITEMS, new IllegalArgumentException());
		}
		String id = this.delegate.create(callerReference, items);
		if (++this.calls == this.actAfter) {
			this.action.run();
		}
		if (this.answersToLose-- > 0) {
			throw new InvalidationException("Connection reset", InvalidationException.Kind.TEMPORARY,
					new IOException());
		}
		return id;
	}

	void rejectItems(Set<String> items) {
		this.badItems = items;
	}

	void loseAnswers(int count) {
		this.answersToLose = count;
	}

	@Override
	public Optional<String> find(String callerReference, List<String> items, Instant since) {
		refuseQuestion();
		return this.delegate.find(callerReference, items, since);
	}

	private final CountDownLatch gateOfQuestions = new CountDownLatch(1);

	final CountDownLatch questionHeld = new CountDownLatch(1);

	private volatile boolean holdQuestions;

	private volatile int questionsToFail;

	private volatile InvalidationException refusal;

	private volatile Error broken;

	private volatile Consumer<String> beforeFirstCall = (reference) -> {
	};

	void beforeFirstCall(Consumer<String> action) {
		this.beforeFirstCall = action;
	}

	void holdQuestions() {
		this.holdQuestions = true;
	}

	void failQuestions(int count) {
		this.questionsToFail = count;
	}

	void refuseQuestions(InvalidationException refusal) {
		this.refusal = refusal;
	}

	private void refuseQuestion() {
		if (this.refusal != null) {
			throw this.refusal;
		}
	}

	void breakWith(Error error) {
		this.broken = error;
	}

	@Override
	public boolean isCompleted(String invalidationId) {
		if (this.questionsToFail-- > 0) {
			throw new IllegalStateException("Not CloudFront's");
		}
		refuseQuestion();
		if (this.holdQuestions) {
			this.questionHeld.countDown();
			try {
				this.gateOfQuestions.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return this.delegate.isCompleted(invalidationId);
	}

}
