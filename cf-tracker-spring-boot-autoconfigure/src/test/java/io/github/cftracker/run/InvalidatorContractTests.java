package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.Trigger;
import io.github.cftracker.UrlStore;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.recording.WriteListener;
import io.github.cftracker.test.ConflictSpelling;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contract of runs for every ledger.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class InvalidatorContractTests {

	static final RunSettings SETTINGS = settings(1000, Duration.ofSeconds(30), Duration.ofHours(6));

	final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(50)).start();

	final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	final String name = UUID.randomUUID().toString();

	final UrlStore store = createStore();

	final HeldClient client = new HeldClient(new SdkInvalidationClient(
			CloudFrontConnection.using(() -> this.sdk, "test"), this.cloudFront.distributionId()));

	final List<QueuedInvalidator> started = new ArrayList<>();

	final List<RunLedger> ledgers = new ArrayList<>();

	final QueuedInvalidator invalidator = start(SETTINGS);

	abstract UrlStore createStore();

	abstract RunLedger createLedger(RunSettings settings);

	@AfterEach
	void close() {
		this.client.release();
		this.started.forEach(QueuedInvalidator::stop);
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void sendsEverythingInBatchesAndForgetsIt(CapturedOutput output) {
		track(paths(2500));
		RunHandle handle = this.invalidator.invalidateAll();
		assertThat(handle.run().state()).isEqualTo(State.QUEUED);
		assertThat(handle.run().paths()).isNull();
		assertThat(handle.run().items()).isNull();
		Run run = handle.completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.finishedAt()).isNotNull();
		assertThat(run.paths()).isEqualTo(2500);
		assertThat(run.items()).isEqualTo(2500);
		assertThat(run.wildcards()).isZero();
		assertThat(run.error()).isNull();
		assertThat(run.batches()).extracting(Run.Batch::items).containsExactly(1000, 1000, 500);
		assertThat(run.batches()).allSatisfy((batch) -> {
			assertThat(batch.state()).isEqualTo(BatchState.COMPLETED);
			assertThat(batch.invalidationId()).isNotNull();
		});
		assertThat(this.cloudFront.invalidations()).extracting((invalidation) -> invalidation.paths().size())
			.containsExactly(1000, 1000, 500);
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(paths(2500));
		assertThat(this.store.count()).isZero();
		assertThat(this.invalidator.find(handle.id())).contains(run);
		assertThat(output).contains("Invalidating CloudFront... (1000 paths)", "Invalidating CloudFront... (500 paths)",
				"Success! 201");
	}

	@Test
	void isEmptyWhenNothingIsTracked() {
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.EMPTY);
		assertThat(run.paths()).isZero();
		assertThat(run.batches()).isEmpty();
		assertThat(this.cloudFront.calls()).isEmpty();
	}

	@Test
	void keepsThePathsOfARefusedBatchForTheNextRun(CapturedOutput output) {
		track(paths(1500));
		this.cloudFront.refuseNext(403, "AccessDenied", "You may not do that");
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("You may not do that");
		assertThat(run.items()).isZero();
		assertThat(run.batches()).singleElement().satisfies((batch) -> {
			assertThat(batch.state()).isEqualTo(BatchState.FAILED);
			assertThat(batch.error()).isEqualTo("You may not do that");
		});
		assertThat(output).contains("You may not do that");
		assertThat(this.store.count()).isEqualTo(1500);
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(paths(1500));
	}

	@Test
	void reportsMissingPermissionToEveryNodeUntilBatchIsAccepted(CapturedOutput output) {
		RunLedger otherNode = createLedger(SETTINGS);
		RunLedger ledger = isShared(otherNode) ? otherNode : this.ledgers.get(0);
		String hint = "Grant 'cloudfront:CreateInvalidation' on distribution '%s'"
			.formatted(this.cloudFront.distributionId());
		track(List.of("/a"));
		assertThat(ledger.status().refusal()).isNull();
		this.cloudFront.refuse(2, 403, "AccessDenied", "You may not do that");
		this.invalidator.invalidateAll().completion().join();
		assertThat(ledger.status().refusal()).isEqualTo("You may not do that. " + hint);
		assertThat(output).containsOnlyOnce(hint).containsPattern("ERROR.*\\Q" + hint);
		this.invalidator.invalidateAll().completion().join();
		assertThat(ledger.status().refusal()).isEqualTo("You may not do that. " + hint);
		this.invalidator.invalidateAll().completion().join();
		assertThat(ledger.status().refusal()).isNull();
	}

	@Test
	void reportsMissingPermissionToLookUpReference(CapturedOutput output) {
		track(paths(10));
		this.client.loseAnswers(1);
		this.client.afterCalls(1, () -> this.cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "Exists"));
		this.client.refuseQuestions(refusal("No looking up", "Grant it"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("No looking up");
		assertThat(this.ledgers.get(0).status().refusal()).isEqualTo("No looking up. Grant it");
		assertThat(output).containsOnlyOnce("Grant it").containsOnlyOnce("No looking up");
		this.client.refuseQuestions(null);
		this.cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "Exists");
		this.invalidator.invalidateAll().completion().join();
		assertThat(this.ledgers.get(0).status().refusal()).isNull();
		assertThat(this.cloudFront.billedItems()).isEqualTo(10);
	}

	@Test
	void reportsMissingPermissionToReadCompletionOnce(CapturedOutput output) {
		track(paths(30));
		this.client.refuseQuestions(refusal("No questions.\nsecond line", "Grant it"));
		Run run = start(settings(10, SETTINGS.lease(), SETTINGS.giveUpAfter())).invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.ACCEPTED);
		assertThat(run.error()).isNull();
		assertThat(run.finishedAt()).isNotNull();
		assertThat(run.batches()).hasSize(3)
			.allSatisfy((batch) -> assertThat(batch.error()).isEqualTo("No questions. Grant it"));
		assertThat(this.ledgers).extracting((ledger) -> ledger.status().refusal()).containsOnlyNulls();
		assertThat(output).containsOnlyOnce("Grant it")
			.containsPattern("WARN.*\\Q" + run.id() + " is completed: No questions. Grant it");
		this.client.refuseQuestions(null);
	}

	@Test
	void findsNewestRun() {
		RunLedger ledger = this.ledgers.get(0);
		assertThat(ledger.list(0).newest()).isEmpty();
		this.invalidator.invalidateAll().completion().join();
		RunHandle handle = this.invalidator.invalidateAll();
		handle.completion().join();
		assertThat(ledger.list(0).newest()).map(Run::id).contains(handle.id());
		assertThat(ledger.list(0).newest()).map(Run::state).contains(State.EMPTY);
		assertThat(ledger.list(Integer.MAX_VALUE).runs()).hasSize(2);
	}

	@Test
	void forgetsAcceptedBatchesOfARunThatFailsLater() {
		track(paths(2500));
		this.client.afterCalls(1, () -> this.cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("No more");
		assertThat(run.items()).isEqualTo(1000);
		assertThat(run.batches()).extracting(Run.Batch::state).containsExactly(BatchState.COMPLETED, BatchState.FAILED);
		assertThat(this.store.count()).isEqualTo(1500);
	}

	@Test
	void findsTheBadItemsOfABatchAndSendsTheRest() {
		track(paths(1000));
		this.client.rejectItems(Set.of("/products/7", "/products/8", "/products/999"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.items()).isEqualTo(997);
		assertThat(run.rejected()).extracting(Run.RejectedPath::path)
			.containsExactlyInAnyOrder("/products/7", "/products/8", "/products/999");
		assertThat(run.rejected()).allSatisfy((rejected) -> assertThat(rejected.reason()).contains("invalid"));
		assertThat(sent()).hasSize(997);
		assertThat(this.cloudFront.billedItems()).isEqualTo(997);
		assertThat(this.store.count()).isZero();
		String first = run.batches().get(0).callerReference();
		assertThat(run.batches().get(0).state()).isEqualTo(BatchState.SPLIT);
		assertThat(run.batches()).extracting(Run.Batch::callerReference).contains(first + ".0", first + ".1");
	}

	@Test
	void keepsEveryItemWhenCloudFrontRefusesThemAlike() {
		List<String> paths = paths(1000);
		track(paths);
		this.client.rejectItems(Set.copyOf(paths));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("Your request contains one or more invalid invalidation paths.");
		assertThat(run.items()).isZero();
		assertThat(run.rejected()).isEmpty();
		assertThat(run.batches().stream().mapToInt(Run.Batch::attempts).sum()).isLessThan(40);
		assertThat(this.store.count()).isEqualTo(1000);
		assertThat(this.ledgers.get(0).status().refusal()).isEqualTo(run.error());
	}

	@Test
	void rejectsASingleItemThatWasSentAlone() {
		track(List.of("/a"));
		this.client.rejectItems(Set.of("/a"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.items()).isZero();
		assertThat(run.rejected()).hasSize(1);
	}

	@Test
	void keepsWhatWasNotSentWhenABisectionIsStopped() {
		track(paths(1000));
		this.client.rejectItems(Set.of("/products/7"));
		this.client.afterCalls(2, () -> this.cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(this.store.count() + run.items() + run.rejected().size()).isEqualTo(1000);
		assertThat(run.items()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "400, TooManyInvalidationsInProgress, 2", "400, Throttling, 2", "503, ServiceUnavailable, 9",
			"500, InternalError, 9" })
	void triesAgainUnderTheSameReference(int status, String code, int times) {
		track(paths(10));
		this.cloudFront.refuse(times, status, code, "Not now");
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.error()).isNull();
		assertThat(run.batches()).singleElement().satisfies((batch) -> {
			assertThat(batch.attempts()).isGreaterThan(1);
			assertThat(batch.error()).isNull();
			assertThat(this.cloudFront.invalidations()).singleElement()
				.satisfies((invalidation) -> assertThat(invalidation.callerReference())
					.isEqualTo(batch.callerReference()));
		});
		assertThat(this.cloudFront.billedItems()).isEqualTo(10);
	}

	@Test
	void lostAnswerIsNotBilledTwice() {
		track(paths(10));
		this.client.loseAnswers(1);
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.batches()).singleElement().satisfies((batch) -> assertThat(batch.attempts()).isEqualTo(2));
		assertThat(this.cloudFront.billedItems()).isEqualTo(10);
	}

	@Test
	void connectionLostAfterAcceptanceIsNotBilledTwice() {
		track(paths(10));
		this.cloudFront.fail(6, Fault.DROP_AFTER_ACCEPTING);
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.batches()).singleElement().satisfies((batch) -> assertThat(batch.attempts()).isEqualTo(7));
		assertThat(this.cloudFront.invalidations()).hasSize(1);
		assertThat(this.cloudFront.billedItems()).isEqualTo(10);
	}

	@ParameterizedTest
	@EnumSource(ConflictSpelling.class)
	void sendsBatchWithUsedReferenceUnderAnotherReference(ConflictSpelling spelling) {
		this.cloudFront.conflictSpelling(spelling);
		track(List.of("/a"));
		this.client.beforeFirstCall((callerReference) -> this.sdk
			.createInvalidation((request) -> request.distributionId(this.cloudFront.distributionId())
				.invalidationBatch((batch) -> batch.callerReference(callerReference)
					.paths((paths) -> paths.items("/theirs").quantity(1)))));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.possiblyBilledTwice()).isEqualTo(1);
		assertThat(sent()).containsExactlyInAnyOrder("/a", "/theirs");
	}

	@Test
	void acceptsConflictWithSameItems() {
		track(paths(10));
		this.client.loseAnswers(1);
		this.client.afterCalls(1, () -> this.cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "Exists"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.possiblyBilledTwice()).isZero();
		assertThat(this.cloudFront.billedItems()).isEqualTo(10);
		assertThat(run.batches()).singleElement()
			.satisfies((batch) -> assertThat(batch.invalidationId())
				.isEqualTo(this.cloudFront.invalidations().get(0).id()));
	}

	@Test
	void sendsConflictWithOtherItemsAgainAndLogsIt(CapturedOutput output) {
		track(paths(10));
		this.cloudFront.refuseNext(400, "InvalidArgument",
				"Your request contains a caller reference that was used for a previous invalidation batch");
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.possiblyBilledTwice()).isEqualTo(10);
		assertThat(run.batches()).extracting(Run.Batch::state).containsExactly(BatchState.FAILED, BatchState.COMPLETED);
		assertThat(output).contains("its 10 items may be billed twice");
	}

	@Test
	void rejectsItemsThatCloudFrontDoesNotAccept() {
		track(paths(1000));
		track(List.of("/~user", "/with space"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.rejected()).extracting(Run.RejectedPath::path)
			.containsExactlyInAnyOrder("/~user", "/with space");
		assertThat(run.rejected()).allSatisfy((rejected) -> assertThat(rejected.reason()).isNotEmpty());
		assertThat(run.items()).isEqualTo(1000);
		assertThat(run.batches()).hasSize(1);
		assertThat(this.store.count()).isZero();
	}

	@Test
	void failsWhenEveryItemIsRejected() {
		track(List.of("/~user"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("could be sent");
		assertThat(run.items()).isZero();
		assertThat(run.rejected()).hasSize(1);
		assertThat(this.cloudFront.calls()).isEmpty();
	}

	@Test
	void everyBatchHasItsOwnReference() {
		track(paths(2500));
		this.invalidator.invalidateAll().completion().join();
		track(paths(10));
		this.invalidator.invalidateAll().completion().join();
		assertThat(this.cloudFront.invalidations()).extracting(Invalidation::callerReference)
			.doesNotHaveDuplicates()
			.hasSize(4);
	}

	@Test
	void pathsTrackedDuringRunBelongToNextRun() throws InterruptedException {
		track(List.of("/a", "/b"));
		this.client.hold();
		RunHandle first = this.invalidator.invalidateAll();
		this.client.awaitHeld();
		track(List.of("/b", "/c"));
		RunHandle second = this.invalidator.invalidateAll();
		assertThat(second.id()).isNotEqualTo(first.id());
		this.client.release();
		first.completion().join();
		second.completion().join();
		assertThat(this.cloudFront.invalidations()).extracting((invalidation) -> Set.copyOf(invalidation.paths()))
			.containsExactly(Set.of("/a", "/b"), Set.of("/b", "/c"));
	}

	@Test
	void requestForEverythingJoinsWaitingRun() throws InterruptedException {
		track(List.of("/a"));
		this.client.hold();
		this.invalidator.invalidateAll();
		this.client.awaitHeld();
		track(List.of("/b"));
		RunHandle selected = this.invalidator.invalidate(InvalidationRequest.ofPaths("/c"));
		RunHandle second = this.invalidator.invalidateAll();
		RunHandle third = this.invalidator.invalidateAll();
		assertThat(third.id()).isEqualTo(second.id()).isNotEqualTo(selected.id());
		this.client.release();
		assertThat(third.completion().join().state()).isEqualTo(State.COMPLETED);
		assertThat(second.completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void requestDoesNotJoinRunThatHasFlushed() throws InterruptedException {
		CountDownLatch flushing = new CountDownLatch(1);
		CountDownLatch flushed = new CountDownLatch(1);
		QueuedInvalidator slow = start(SETTINGS, () -> {
			flushing.countDown();
			try {
				flushed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		RunHandle first = slow.invalidateAll();
		assertThat(flushing.await(20, TimeUnit.SECONDS)).isTrue();
		RunHandle second = slow.invalidateAll();
		flushed.countDown();
		assertThat(second.id()).isNotEqualTo(first.id());
		assertThat(second.completion().join().state()).isEqualTo(State.EMPTY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "*", textBlock = """
			*                 | *             | true
			*                 | ?/b/* ?/c     | true
			*                 | /a /b/*       | false
			*                 | #tag          | false
			/a                | *             | false
			/a /b             | /b /a         | true
			/a                | /a /b         | false
			/b/*              | /b/1 /b/2/*   | true
			/b/*              | /b /b/1       | false
			/b/*              | /b/           | false
			/b/* /b/          | /b/ /b/*      | true
			/b/* ?/s          | /b/ ?/s       | false
			/b*               | /b /bc        | false
			/b/1/*            | /b/*          | false
			/a #tag           | #tag          | true
			#tag              | #tag #other   | false
			?/b/*             | /b/1          | false
			?/b/* ?/c         | ?/c           | true
			""")
	void requestJoinsRunThatCoversIt(String waiting, String requested, boolean joins) throws InterruptedException {
		this.client.hold();
		this.invalidator.invalidate(InvalidationRequest.ofPaths("/first"));
		this.client.awaitHeld();
		for (Trigger trigger : List.of(Trigger.API, Trigger.ENDPOINT)) {
			RunHandle first = this.invalidator.invalidate(requestOf(waiting).withTrigger(Trigger.API));
			RunHandle second = this.invalidator.invalidate(requestOf(requested).withTrigger(trigger));
			assertThat(first.id().equals(second.id())).isEqualTo(joins);
			assertThat(second.run().selection()).isEqualTo(requestOf(joins ? waiting : requested).selection());
		}
	}

	private static InvalidationRequest requestOf(String text) {
		if (text == null) {
			return InvalidationRequest.ofEverything();
		}
		List<String> values = List.of(text.split(" "));
		return InvalidationRequest.builder()
			.paths(values.stream().filter((value) -> value.startsWith("/")).toList())
			.matching(values.stream()
				.filter((value) -> value.startsWith("?"))
				.map((value) -> value.substring(1))
				.toList())
			.tags(values.stream().filter((value) -> value.startsWith("#")).map((value) -> value.substring(1)).toList())
			.build();
	}

	@Test
	void mergesRequestsAfterCommitsIntoOneRun() {
		RunHandle first = commit("/1");
		List<RunHandle> others = IntStream.range(2, 20).mapToObj((i) -> commit("/" + i)).toList();
		assertThat(others).extracting(RunHandle::id).containsOnly(first.id());
		RunHandle other = this.invalidator.invalidate(InvalidationRequest.ofPaths("/other"));
		assertThat(other.id()).isNotEqualTo(first.id());
		assertThat(first.completion().join().items()).isEqualTo(19);
		assertThat(others).allSatisfy((handle) -> assertThat(handle.completion().join().items()).isEqualTo(19));
		assertThat(other.completion().join().state()).isEqualTo(State.COMPLETED);
		assertThat(this.cloudFront.invalidations()).hasSize(2);
		assertThat(first.run().requestedAt()).isEqualTo(others.get(0).run().requestedAt());
	}

	@Test
	void doesNotMergeCommitOfEverythingWithNamedPaths() {
		track(List.of("/a"));
		RunHandle named = commit("/1");
		RunHandle route = this.invalidator.invalidate(
				InvalidationRequest.builder().routes(List.of("/none/{id}")).build().withTrigger(Trigger.COMMIT));
		RunHandle everything = this.invalidator
			.invalidate(InvalidationRequest.ofEverything().withTrigger(Trigger.COMMIT));
		assertThat(route.id()).isEqualTo(named.id());
		assertThat(everything.id()).as("'/1' is not tracked and would be lost").isNotEqualTo(named.id());
		named.completion().join();
		everything.completion().join();
		assertThat(sent()).containsExactlyInAnyOrder("/a", "/1");
	}

	@Test
	void nextRunSendsRequestsMergedDuringRun() throws InterruptedException {
		this.client.hold();
		RunHandle first = commit("/1");
		this.client.awaitHeld();
		RunHandle second = commit("/1");
		RunHandle third = commit("/2");
		assertThat(second.id()).isNotEqualTo(first.id()).isEqualTo(third.id());
		this.client.release();
		assertThat(second.completion().join().items()).isEqualTo(2);
	}

	@Test
	void sendsLatePathsAfterEmptyCommitRun() {
		RunHandle handle = this.invalidator.invalidate(InvalidationRequest.ofTags("a").withTrigger(Trigger.COMMIT));
		Run run = handle.completion().join();
		RunLedger ledger = this.ledgers.get(0);
		assertThat(run.state()).isEqualTo(State.EMPTY);
		assertThat(ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		assertThat(this.invalidator.find(run.id())).map(Run::state).contains(State.EMPTY);
		recordResponse(new PathLifetime("/a/1", Duration.ofHours(1), Duration.ofMinutes(1), null, Set.of("a")));
		Awaitility.await()
			.until(() -> this.invalidator.find(run.id()).map(Run::state).equals(Optional.of(State.COMPLETED)));
		assertThat(sent()).containsExactly("/a/1");
		assertThat(ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id).containsExactly(run.id());
	}

	private RunHandle commit(String path) {
		return this.invalidator.invalidate(InvalidationRequest.ofPaths(path).withTrigger(Trigger.COMMIT));
	}

	@Test
	@Tag("full")
	void refusesMoreThanAThousandWaitingRuns() throws Exception {
		this.client.hold();
		RunHandle first = this.invalidator.invalidate(InvalidationRequest.ofPaths("/first"));
		this.client.awaitHeld();
		for (int i = 0; i < 1000; i++) {
			this.invalidator.invalidate(InvalidationRequest.ofPaths("/" + i));
		}
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.invalidator.invalidate(InvalidationRequest.ofPaths("/too-many")))
			.withMessage("1000 runs are already queued");
		assertThat(this.invalidator.invalidate(InvalidationRequest.ofPaths("/999")).run().state())
			.isEqualTo(State.QUEUED);
		this.client.release();
		assertThat(first.completion().get(60, TimeUnit.SECONDS).state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void sendsSelectedPathsAsGivenAndForgetsWhatTheyCover() {
		track(List.of("/a", "/b/1", "/b/2", "/c"));
		Run run = this.invalidator.invalidate(InvalidationRequest.ofPaths("/a", "/b/*", "/never-tracked", "/a"))
			.completion()
			.join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.paths()).isEqualTo(3);
		assertThat(run.items()).isEqualTo(3);
		assertThat(run.wildcards()).isEqualTo(1);
		assertThat(sent()).containsExactlyInAnyOrder("/a", "/b/*", "/never-tracked");
		assertThat(tracked()).containsExactly("/c");
	}

	@Test
	void keepsSelectedPathsWhoseBatchFailed() {
		QueuedInvalidator small = start(settings(1, SETTINGS.lease(), SETTINGS.giveUpAfter()));
		track(List.of("/a", "/b/1", "/b/2"));
		this.client.afterCalls(1, () -> this.cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = small.invalidate(InvalidationRequest.ofPaths("/a", "/b/*")).completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.items()).isEqualTo(1);
		assertThat(tracked()).containsExactlyInAnyOrder("/b/1", "/b/2");
	}

	@Test
	void flushesBeforeItClaims() {
		QueuedInvalidator flushing = start(SETTINGS, () -> track(List.of("/recorded-a-moment-ago")));
		assertThat(flushing.invalidateAll().completion().join().paths()).isEqualTo(1);
	}

	@Test
	void resumesWhenStoreIsAvailableAgain() {
		AtomicInteger failures = new AtomicInteger(2);
		QueuedInvalidator patient = start(SETTINGS, () -> {
			if (failures.getAndDecrement() > 0) {
				throw new StoreUnavailableException("Gone meanwhile", new IllegalStateException());
			}
		});
		track(List.of("/a"));
		Run run = patient.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.paths()).isEqualTo(1);
	}

	@Test
	void givesUpAndKeepsUnacceptedPaths() {
		QueuedInvalidator impatient = start(settings(1000, SETTINGS.lease(), Duration.ofSeconds(1)));
		track(paths(10));
		this.cloudFront.refuse(1000, 400, "TooManyInvalidationsInProgress", "Not now");
		Run run = impatient.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("Not now");
		assertThat(this.store.count()).isEqualTo(10);
	}

	@Test
	void nextRunSendsBatchOfUnknownOutcomeFirst() {
		QueuedInvalidator impatient = start(settings(1000, SETTINGS.lease(), Duration.ofMillis(500)));
		track(paths(10));
		this.client.loseAnswers(1000);
		Run run = impatient.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("Connection reset");
		assertThat(run.batches()).singleElement()
			.satisfies((batch) -> assertThat(batch.state()).isEqualTo(BatchState.SENDING));
		assertThat(this.store.count()).isZero();
		track(List.of("/new"));
		this.client.loseAnswers(0);
		Run next = impatient.invalidateAll().completion().join();
		assertThat(next.state()).isEqualTo(State.COMPLETED);
		assertThat(next.items()).isEqualTo(1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(impatient.find(run.id()).orElseThrow().batches()).singleElement()
				.satisfies((batch) -> assertThat(batch.state()).isEqualTo(BatchState.COMPLETED)));
		assertThat(impatient.find(run.id()).orElseThrow().state()).isEqualTo(State.FAILED);
		assertThat(this.cloudFront.invalidations()).hasSize(2);
		assertThat(this.cloudFront.billedItems()).isEqualTo(11);
		assertThat(this.store.count()).isZero();
	}

	@Test
	void invalidatesLatePathsAgain() {
		track(List.of("/a", "/b"));
		Run run = this.invalidator.invalidateAll().completion().join();
		recordResponse("/a", Duration.ofMinutes(1));
		recordResponse("/b", Duration.ZERO);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.invalidator.find(run.id()).orElseThrow().batches()).hasSize(2)
				.allSatisfy((batch) -> assertThat(batch.state()).isEqualTo(BatchState.COMPLETED)));
		Run followed = this.invalidator.find(run.id()).orElseThrow();
		assertThat(followed.state()).isEqualTo(State.COMPLETED);
		assertThat(followed.finishedAt()).isEqualTo(run.finishedAt());
		assertThat(followed.items()).isEqualTo(3);
		assertThat(followed.batches().get(1).callerReference()).startsWith("cf-tracker-" + run.id())
			.endsWith("-late-1");
		assertThat(this.cloudFront.invalidations().get(1).paths()).containsExactly("/a");
		assertThat(tracked()).containsExactly("/b");
	}

	@Test
	void sendsLatePathsAfterEmptyRun() {
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.EMPTY);
		recordResponse("/a", Duration.ofMinutes(1));
		Awaitility.await().until(() -> !sent().isEmpty());
		Awaitility.await()
			.until(() -> this.invalidator.find(run.id()).map(Run::state).equals(Optional.of(State.COMPLETED)));
		assertThat(tracked()).isEmpty();
	}

	@Test
	void unsendableLatePathDoesNotFailFinishedRun() {
		Run run = this.invalidator.invalidateAll().completion().join();
		recordResponse("/~late", Duration.ofMinutes(1));
		Awaitility.await().until(() -> !this.invalidator.find(run.id()).orElseThrow().rejected().isEmpty());
		Awaitility.await().until(() -> this.store.count() == 0);
		assertThat(this.invalidator.find(run.id()).orElseThrow().state()).isEqualTo(State.EMPTY);
		assertThat(this.invalidator.find(run.id()).orElseThrow().error()).isNull();
	}

	@Test
	void followsUpSelectedPathsOnly() {
		track(List.of("/a/1", "/b/1"));
		Run run = this.invalidator.invalidate(InvalidationRequest.ofPaths("/a/*")).completion().join();
		recordResponse("/b/2", Duration.ofMinutes(1));
		recordResponse("/a/2", Duration.ofMinutes(1));
		Awaitility.await().until(() -> sent().contains("/a/2"));
		assertThat(sent()).containsExactlyInAnyOrder("/a/*", "/a/2");
		assertThat(tracked()).containsExactlyInAnyOrder("/b/1", "/b/2");
		assertThat(run.state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void followUpIsNotFollowedByAnother() {
		track(List.of("/a"));
		Run run = this.invalidator.invalidateAll().completion().join();
		Instant accepted = Instant.now();
		recordResponse("/a", Duration.ofMinutes(1));
		Awaitility.await().until(() -> this.cloudFront.invalidations().size() == 2);
		// Began after the run, and before its follow-up
		recordResponse("/a", Duration.between(accepted, Instant.now()));
		// The run sends this path, and would send the one above first
		recordResponse("/b", Duration.ofMinutes(1));
		Awaitility.await().until(() -> this.cloudFront.invalidations().size() == 3);
		assertThat(this.cloudFront.invalidations().get(2).paths()).containsExactly("/b");
		Run next = this.invalidator.invalidateAll().completion().join();
		assertThat(next.paths()).isEqualTo(1);
		assertThat(this.invalidator.find(run.id()).orElseThrow().batches()).hasSize(3);
	}

	@Test
	@Tag("full")
	void keepsQuotaOfItemsPerSecond() {
		this.cloudFront.perSecondQuota(1000, 1);
		QueuedInvalidator limited = start(
				settings(500, SETTINGS.lease(), SETTINGS.giveUpAfter(), new Quotas(1000, 1, 0, 0, 1000)));
		track(paths(2000));
		assertThat(limited.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
		assertThat(limited.invalidate(InvalidationRequest.ofPaths("/a/*", "/b/*")).completion().join().state())
			.isEqualTo(State.COMPLETED);
		assertThat(limited.invalidate(InvalidationRequest.ofPaths("/c/*")).completion().join().state())
			.isEqualTo(State.COMPLETED);
		assertThat(this.cloudFront.calls()).noneSatisfy((call) -> assertThat(call.status()).isEqualTo(400));
	}

	@Test
	@Tag("full")
	void keepsQuotaOfItemsInProgress() {
		this.cloudFront.inProgressQuota(1000, 2);
		this.cloudFront.completesAfter(Duration.ofMillis(300));
		QueuedInvalidator limited = start(
				settings(500, SETTINGS.lease(), SETTINGS.giveUpAfter(), new Quotas(0, 0, 1000, 2, 1000)));
		track(paths(2200));
		assertThat(limited.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
		Run selected = limited.invalidate(InvalidationRequest.ofPaths("/a/*", "/b/*", "/c/*", "/d/*", "/e/*"))
			.completion()
			.join();
		assertThat(selected.state()).isEqualTo(State.COMPLETED);
		assertThat(selected.batches()).extracting(Run.Batch::items).containsExactly(2, 2, 1);
		assertThat(this.cloudFront.calls()).noneSatisfy((call) -> assertThat(call.status()).isEqualTo(400));
	}

	@Test
	void queuesRequestOncePerName() {
		track(List.of("/a"));
		InvalidationRequest request = InvalidationRequest.ofPaths("/a").withRequestedBy("a job");
		RunHandle first = this.invalidator.invalidate(request.once("three o'clock", Duration.ofMinutes(1)));
		RunHandle second = this.invalidator.invalidate(request.once("three o'clock", Duration.ofMinutes(1)));
		RunHandle other = this.invalidator.invalidate(request.once("four o'clock", Duration.ofMinutes(1)));
		assertThat(second.completion()).isCompletedWithValue(second.run());
		assertThat(second.run().state()).isEqualTo(State.EMPTY);
		assertThat(second.run().error())
			.isEqualTo("Nothing was requested because 'three o'clock' was requested before");
		assertThat(this.invalidator.find(second.id())).isEmpty();
		assertThat(first.completion().join().state()).isEqualTo(State.COMPLETED);
		assertThat(first.completion().join().requestedBy()).isEqualTo("a job");
		assertThat(other.completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void failsARunThatCloudFrontDoesNotComplete() {
		this.cloudFront.completesAfter(Duration.ofHours(1));
		QueuedInvalidator impatient = start(settings(1000, SETTINGS.lease(), Duration.ofMillis(300)));
		track(List.of("/a"));
		Run run = impatient.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("did not complete it within PT0.3S");
		assertThat(tracked()).isEmpty();
	}

	@Test
	void failsRunThatIsUnknownToCloudFrontForTwoMinutes() {
		// 240 polling intervals
		QueuedInvalidator fast = start(
				new RunSettings(1000, Duration.ofMillis(1), SETTINGS.lease(), SETTINGS.giveUpAfter(), SETTINGS.retry(),
						SETTINGS.busy(), SETTINGS.quotas(), Duration.ofMillis(5), PlanSettings.EXACT));
		track(List.of("/a"));
		this.cloudFront.completesAfter(Duration.ofHours(1));
		RunHandle handle = fast.invalidateAll();
		Awaitility.await().until(() -> fast.find(handle.id()).map(Run::state).equals(Optional.of(State.IN_PROGRESS)));
		this.cloudFront.clear();
		Run run = handle.completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("' as invalidation 'I", "', but answers that it does not exist: ");
		assertThat(run.items()).isEqualTo(1);
	}

	@Test
	void nextRunSendsBatchOfRunWithBrokenClient() {
		track(List.of("/a"));
		this.client.breakWith(new NoSuchMethodError("from another version of the SDK"));
		Run run = this.invalidator.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("from another version of the SDK");
		assertThat(run.batches()).extracting(Run.Batch::state).containsExactly(BatchState.SENDING);
		this.client.breakWith(null);
		this.invalidator.invalidateAll().completion().join();
		assertThat(sent()).containsExactly("/a");
	}

	@Test
	void failsRunAfterErrorOfStore() {
		QueuedInvalidator failing = start(SETTINGS, () -> {
			throw new NoClassDefFoundError("gone");
		});
		assertThat(failing.invalidateAll().completion().join().state()).isEqualTo(State.FAILED);
	}

	@Test
	void keepsPollingAfterErrorOfClient() {
		track(List.of("/a"));
		this.client.failQuestions(2);
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void acceptsRequestsAfterRestart() {
		this.invalidator.stop();
		this.invalidator.start();
		track(List.of("/a"));
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void doesNotFindUnknownRun() {
		assertThat(this.invalidator.find("nothing")).isEmpty();
	}

	static RunSettings settings(int batchSize, Duration lease, Duration giveUpAfter) {
		return settings(batchSize, lease, giveUpAfter, new Quotas(0, 0, 0, 0, 1000));
	}

	static RunSettings settings(int batchSize, Duration lease, Duration giveUpAfter, Quotas quotas) {
		return new RunSettings(batchSize, Duration.ofMillis(1), lease, giveUpAfter,
				new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
				new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)), quotas, Duration.ofMillis(50),
				PlanSettings.EXACT);
	}

	QueuedInvalidator start(RunSettings settings) {
		return start(settings, () -> {
		});
	}

	QueuedInvalidator start(RunSettings settings, PathFlush flush) {
		return start(settings, flush, createLedger(settings));
	}

	QueuedInvalidator start(RunSettings settings, PathFlush flush, RunLedger ledger) {
		this.ledgers.add(ledger);
		// With a shared ledger, another invalidator might carry out the runs of this one
		this.started.forEach(QueuedInvalidator::stop);
		QueuedInvalidator invalidator = new QueuedInvalidator(new RunContext(ledger, this.client, flush, settings,
				Planners.exact(this.store), RunObserver.of(List.of())), new TimeLimitedStore(this.store));
		invalidator.start();
		this.started.add(invalidator);
		return invalidator;
	}

	private static boolean isShared(RunLedger ledger) {
		return !(ledger instanceof MemoryRunLedger);
	}

	private static InvalidationException refusal(String message, String hint) {
		return new InvalidationException(message, InvalidationException.Kind.DENIED, hint,
				new IllegalArgumentException());
	}

	void recordResponse(String path, Duration age) {
		recordResponse(new PathLifetime(path, Duration.ofHours(1), age));
	}

	/**
	 * Notify a ledger that detects late paths itself.
	 */
	static void written(RunLedger ledger, List<PathLifetime> paths) {
		if (ledger instanceof WriteListener listener) {
			listener.written(paths);
		}
	}

	private void recordResponse(PathLifetime response) {
		List<PathLifetime> recorded = List.of(response);
		this.store.track(recorded);
		this.ledgers.forEach((ledger) -> written(ledger, recorded));
	}

	void track(List<String> paths) {
		this.store.track(paths.stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

	Collection<String> tracked() {
		return this.store.scan("/", 10_000).stream().map(TrackedPath::path).toList();
	}

	Set<String> sent() {
		Set<String> sent = new HashSet<>();
		this.cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
		return sent;
	}

	static List<String> paths(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/products/" + i).toList();
	}

}
