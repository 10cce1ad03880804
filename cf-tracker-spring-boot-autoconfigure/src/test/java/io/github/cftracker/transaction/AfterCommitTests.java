package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AfterCommitTests {

	private final RecordingInvalidator recording = new RecordingInvalidator();

	private final List<Selection> delivered = this.recording.requested();

	private final AfterCommitInvalidator invalidator = Contexts.afterCommit(this.recording);

	private final JdbcTransactionManager transactions = H2.transactionManager();

	@Test
	void deliversUnionAfterCommit() {
		inTransaction(() -> {
			for (int i = 0; i < 100; i++) {
				invalidate("/a" + i % 10);
			}
			this.invalidator.invalidate(InvalidationRequest.ofTags("x"));
			assertThat(this.delivered).isEmpty();
		});
		assertThat(this.delivered).singleElement().satisfies((selection) -> {
			assertThat(selection.paths()).hasSize(10).contains("/a0", "/a9");
			assertThat(selection.tags()).containsExactly("x");
		});
	}

	@Test
	void mergesTransactionIntoEverything() {
		inTransaction(() -> {
			invalidate("/a");
			this.invalidator.invalidateAll();
			invalidate("/b");
		});
		assertThat(this.delivered).containsExactly(Selection.ofEverything());
	}

	@Test
	void deliversNothingAfterRollback() {
		assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> {
			invalidate("/a");
			throw new IllegalStateException();
		}));
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			invalidate("/b");
			status.setRollbackOnly();
		});
		assertThat(this.delivered).isEmpty();
		inTransaction(() -> invalidate("/c"));
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/c"));
	}

	@Test
	void deliversImmediatelyWithoutTransaction() {
		invalidate("/a");
		invalidate("/b");
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/a"), List.of("/b"));
	}

	@Test
	void deliversImmediatelyWithSynchronizationOnly() {
		with(TransactionDefinition.PROPAGATION_SUPPORTS, () -> {
			assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isTrue();
			invalidate("/a");
			assertThat(this.delivered).hasSize(1);
		});
		assertThat(this.delivered).hasSize(1);
	}

	@Test
	void separatesTransactions() {
		assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> {
			invalidate("/outer");
			with(TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> invalidate("/inner"));
			assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/inner"));
			invalidate("/outer2");
			throw new IllegalStateException();
		}));
		assertThat(this.delivered).hasSize(1);
	}

	@Test
	void dropsRequestsOfInnerTransactionOnly() {
		inTransaction(() -> {
			invalidate("/outer");
			assertThatIllegalStateException()
				.isThrownBy(() -> with(TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> {
					invalidate("/inner");
					throw new IllegalStateException();
				}));
			invalidate("/outer2");
		});
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/outer", "/outer2"));
	}

	@Test
	void deliversOutsideSuspendedTransaction() {
		inTransaction(() -> {
			invalidate("/inside");
			with(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, () -> {
				invalidate("/outside");
				assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/outside"));
			});
		});
		assertThat(this.delivered).extracting(Selection::paths)
			.containsExactly(List.of("/outside"), List.of("/inside"));
	}

	@Test
	void revokesRequestsSinceSavepoint() {
		inTransaction(() -> {
			invalidate("/before");
			nested(() -> {
				invalidate("/kept");
				nested(() -> invalidate("/inner"), true);
			}, false);
			nested(() -> {
				invalidate("/gone");
				nested(() -> invalidate("/gone-too"), false);
			}, true);
			invalidate("/after");
		});
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/before", "/kept", "/after"));
	}

	@Test
	void revokesAllRequestsSinceOlderSavepoint() {
		inTransaction(() -> {
			nested(() -> invalidate("/gone"), true);
			invalidate("/after");
		});
		inTransaction(() -> nested(() -> invalidate("/gone"), true));
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/after"));
	}

	@Test
	void revokesRequestsAtEachRollbackToSavepoint() {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			invalidate("/before");
			Object savepoint = status.createSavepoint();
			invalidate("/first");
			status.rollbackToSavepoint(savepoint);
			invalidate("/second");
			status.rollbackToSavepoint(savepoint);
			invalidate("/third");
		});
		assertThat(this.delivered).extracting(Selection::paths).containsExactly(List.of("/before", "/third"));
	}

	@Test
	void losesNothingWithThousandsOfSavepoints() {
		inTransaction(() -> {
			invalidate("/before");
			for (int i = 0; i < 3_000; i++) {
				String path = "/" + i;
				nested(() -> invalidate(path), i == 2_999);
			}
			// Makes room for layers again
			nested(() -> invalidate("/late"), true);
		});
		assertThat(this.delivered).singleElement()
			.satisfies((selection) -> assertThat(selection.paths()).contains("/before", "/0", "/2998"));
	}

	@Test
	void deliversIfOtherSynchronizationFails() {
		assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> {
			afterCommit(() -> {
				throw new IllegalStateException();
			});
			invalidate("/a");
		}));
		assertThat(this.delivered).hasSize(1);
	}

	@Test
	void deliversRequestAfterCommit() {
		inTransaction(() -> afterCommit(() -> invalidate("/first")));
		inTransaction(() -> {
			invalidate("/a");
			afterCommit(() -> invalidate("/b"));
		});
		inTransaction(() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				invalidate("/last");
			}

		}));
		assertThat(this.delivered).extracting(Selection::paths)
			.containsExactly(List.of("/first"), List.of("/a", "/b"), List.of("/last"));
	}

	@Test
	void deliversIfCommitMayHaveHappened() {
		TransactionTemplate template = new TransactionTemplate(
				new Failing(new TransactionSystemException("Timed out")));
		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> template.executeWithoutResult((status) -> invalidate("/a")));
		assertThat(this.delivered).hasSize(1);
	}

	@Test
	void deliversNothingIfCommitEndsInRollback() {
		TransactionTemplate template = new TransactionTemplate(
				new Failing(new DataAccessResourceFailureException("Refused")));
		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> template.executeWithoutResult((status) -> invalidate("/a")));
		assertThat(this.delivered).isEmpty();
	}

	@Test
	void rejectsMalformedPatternBeforeItIsMerged() {
		inTransaction(() -> {
			invalidate("/a");
			assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(
					() -> this.invalidator.invalidate(InvalidationRequest.builder().matching(List.of("/{{")).build()));
		});
		assertThat(this.delivered).containsExactly(new Selection(List.of("/a")));
	}

	@Test
	void rejectsRequestThatHappensOnce() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(
				() -> this.invalidator.invalidate(InvalidationRequest.ofPaths("/a").once("night", Duration.ofHours(1))))
			.withMessageContaining("merged with others");
		assertThat(this.delivered).isEmpty();
	}

	@Test
	void keepsNameOfFirstRequest() {
		inTransaction(() -> {
			this.invalidator.invalidate(InvalidationRequest.ofPaths("/a").withRequestedBy("alice"));
			this.invalidator.invalidate(InvalidationRequest.ofPaths("/b").withRequestedBy("bob"));
		});
		assertThat(this.delivered).containsExactly(InvalidationRequest.ofPaths("/a", "/b").selection());
		assertThat(this.recording.requestedBy()).containsExactly("alice");
	}

	@Test
	void unbindsRequestsFromThread() {
		AtomicInteger left = new AtomicInteger();
		inTransaction(() -> invalidate("/a"));
		with(TransactionDefinition.PROPAGATION_SUPPORTS,
				() -> left.set(TransactionSynchronizationManager.getResourceMap().size()));
		assertThat(left).hasValue(0);
	}

	@Test
	void mergesManyRequestsOfTransaction() {
		inTransaction(() -> {
			for (int i = 0; i < 60_000; i++) {
				invalidate("/" + i);
			}
		});
		assertThat(this.delivered).singleElement()
			.satisfies((selection) -> assertThat(selection.paths()).hasSize(60_000));
	}

	private void invalidate(String path) {
		this.invalidator.invalidate(InvalidationRequest.ofPaths(path));
	}

	private void inTransaction(Runnable action) {
		with(TransactionDefinition.PROPAGATION_REQUIRED, action);
	}

	private void nested(Runnable action, boolean rollback) {
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		template.executeWithoutResult((status) -> {
			action.run();
			if (rollback) {
				status.setRollbackOnly();
			}
		});
	}

	private void with(int propagation, Runnable action) {
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		template.setPropagationBehavior(propagation);
		template.executeWithoutResult((status) -> action.run());
	}

	private static void afterCommit(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				action.run();
			}

		});
	}

	private static final class Failing extends JdbcTransactionManager {

		private static final long serialVersionUID = 1L;

		private final RuntimeException failure;

		private Failing(RuntimeException failure) {
			super(H2.dataSource());
			this.failure = failure;
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			throw this.failure;
		}

	}

}
