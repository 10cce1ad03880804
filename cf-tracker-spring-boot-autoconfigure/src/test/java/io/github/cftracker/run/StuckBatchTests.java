package io.github.cftracker.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.data.redis.core.RedisCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches that CloudFront keeps refusing, and the batches and runs that are sent in the
 * meantime.
 */
class StuckBatchTests extends ScriptedNodes {

	private static final Duration LONG = Duration.ofHours(6);

	private LocalCloudFront cloudFront;

	private CloudFrontClient sdk;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
		this.sdk = CloudFrontClients.of(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void refusedRunDoesNotHoldUpOtherRun() throws Exception {
		QueuedInvalidator node = start(ledger(), this.client, 1000, LONG);
		track("/a");
		String[] stuck = new String[1];
		this.client.before = (reference) -> {
			stuck[0] = (stuck[0] != null) ? stuck[0] : reference;
			if (reference.equals(stuck[0])) {
				throw new InvalidationException("No", Kind.TEMPORARY, null);
			}
		};
		RunHandle refused = node.invalidateAll();
		Awaitility.await().until(() -> stuck[0] != null);
		assertThat(end(node, "/x").state()).isEqualTo(State.COMPLETED);
		assertThat(end(node, "/y").state()).isEqualTo(State.COMPLETED);
		assertThat(node.find(refused.id()).map(Run::state)).contains(State.SENDING);
		this.client.before = NOTHING;
		assertThat(end(refused).state()).isEqualTo(State.COMPLETED);
		assertThat(this.client.billed).containsExactlyInAnyOrder("/a", "/x", "/y");
	}

	@Test
	void refusedBatchDoesNotHoldUpOtherBatches() throws Exception {
		QueuedInvalidator node = start(ledger(), this.client, 1, LONG);
		track("/a", "/b", "/c", "/d");
		this.client.before = (reference) -> {
			if (reference.endsWith("-2")) {
				throw new InvalidationException("No", Kind.TEMPORARY, null);
			}
		};
		RunHandle handle = node.invalidateAll();
		Awaitility.await().until(() -> this.client.billed.size() == 3);
		assertThat(node.find(handle.id()).map(Run::state)).contains(State.SENDING);
		this.client.before = NOTHING;
		assertThat(end(handle).state()).isEqualTo(State.COMPLETED);
		assertThat(this.client.billed).containsExactlyInAnyOrder("/a", "/b", "/c", "/d");
	}

	@Test
	void outageFreezesAtMostFourBatches() throws Exception {
		QueuedInvalidator node = start(ledger(), this.client, 1, LONG);
		track(IntStream.range(0, 20).mapToObj((i) -> "/" + i).toArray(String[]::new));
		this.client.before = (reference) -> {
			throw new InvalidationException("No", Kind.TEMPORARY, null);
		};
		RunHandle handle = node.invalidateAll();
		Awaitility.await()
			.until(() -> node.find(handle.id())
				.orElseThrow()
				.batches()
				.stream()
				.anyMatch((batch) -> batch.attempts() > 8));
		assertThat(node.find(handle.id()).orElseThrow().batches()).hasSize(4);
		this.client.before = NOTHING;
		assertThat(end(handle).items()).isEqualTo(20);
	}

	@Test
	void shrinksBatchWithTooManyWildcards() throws Exception {
		this.cloudFront.inProgressQuota(10_000, 6);
		QueuedInvalidator node = sdkNode();
		String[] wildcards = IntStream.range(0, 10).mapToObj((i) -> "/" + i + "/*").toArray(String[]::new);
		Run run = end(node.invalidate(InvalidationRequest.ofPaths(wildcards)));
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.batches()).extracting(Run.Batch::state)
			.containsExactly(BatchState.SPLIT, BatchState.COMPLETED, BatchState.COMPLETED);
		int calls = creations();
		assertThat(end(node.invalidate(InvalidationRequest.ofPaths(wildcards))).state()).isEqualTo(State.COMPLETED);
		assertThat(creations() - calls).as("the size that passed is remembered").isEqualTo(2);
		assertThat(end(node, "/x").state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void shrinksBatchWithTooManyItemsPerSecond() throws Exception {
		this.cloudFront.perSecondQuota(150, 1);
		this.cloudFront.refuseCallsOverQuota(true);
		QueuedInvalidator node = start(ledger(), client(), 1000, LONG);
		track(IntStream.range(0, 401).mapToObj((i) -> "/" + i).toArray(String[]::new));
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.items()).isEqualTo(401);
		assertThat(this.cloudFront.billedItems()).isEqualTo(401);
		assertThat(run.batches()).filteredOn((batch) -> batch.invalidationId() != null)
			.allSatisfy((batch) -> assertThat(batch.items()).isLessThanOrEqualTo(150));
	}

	@Test
	void keepsSingleItemThatIsTooLarge() throws Exception {
		this.cloudFront.refuse(LocalCloudFront.ALWAYS, 413, "BatchTooLarge", "Too large");
		RunLedger ledger = ledger();
		QueuedInvalidator node = start(ledger, client(), 1000, LONG);
		track("/a", "/b");
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("Too large");
		assertThat(run.rejected()).isEmpty();
		assertThat(ledger.status().refusal()).isEqualTo("Too large");
		assertThat(this.store.count()).isEqualTo(2);
		this.cloudFront.clearFaults();
		assertThat(end(node, "/x").state()).isEqualTo(State.COMPLETED);
		assertThat(ledger.status().refusal()).isNull();
	}

	@Test
	void keepsItemsIfErrorIsNotAboutPaths() throws Exception {
		this.cloudFront.refuse(LocalCloudFront.ALWAYS, 400, "InvalidArgument", "The parameter Foo is invalid.");
		RunLedger ledger = ledger();
		QueuedInvalidator node = start(ledger, client(), 1000, LONG);
		track(IntStream.range(0, 121).mapToObj((i) -> "/" + i).toArray(String[]::new));
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("The parameter Foo is invalid.");
		assertThat(run.rejected()).isEmpty();
		assertThat(creations()).isEqualTo(1);
		assertThat(ledger.status().refusal()).isEqualTo("The parameter Foo is invalid.");
		assertThat(this.store.count()).isEqualTo(121);
	}

	@Test
	void endsUnresolvedConflictAfterThreeReferences() throws Exception {
		this.cloudFront.refuse(LocalCloudFront.ALWAYS, 400, "InvalidationBatchAlreadyExists", "Used before");
		QueuedInvalidator node = sdkNode();
		track("/a");
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("Used before");
		assertThat(run.batches()).hasSize(4);
		assertThat(run.possiblyBilledTwice()).isEqualTo(1);
		assertThat(this.store.count()).isEqualTo(1);
		this.cloudFront.clearFaults();
		assertThat(end(node.invalidateAll()).state()).isEqualTo(State.COMPLETED);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void keepsRetryAfterUpToMaximumBackoff() throws Exception {
		this.cloudFront.fail(2, Fault.SERVICE_UNAVAILABLE.header("Retry-After", "3600"));
		QueuedInvalidator node = sdkNode();
		track("/a");
		assertThat(end(node.invalidateAll()).state()).isEqualTo(State.COMPLETED);
		assertThat(creations()).isEqualTo(3);
	}

	@Test
	void aDefiniteRefusalLeavesNothingUnknown() throws Exception {
		this.cloudFront.refuse(LocalCloudFront.ALWAYS, 400, "Throttling", "Rate exceeded");
		QueuedInvalidator node = start(ledger(), client(), 1000, Duration.ofMillis(300));
		track("/a");
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.batches()).extracting(Run.Batch::unanswered).containsOnly(0);
		assertThat(this.store.count()).isEqualTo(1);
	}

	@Test
	void suspectDoesNotKeepSenderBusy() throws Exception {
		QueuedInvalidator node = start(ledger(), this.client, 1000, LONG);
		track("/a", "/b");
		this.client.before = (reference) -> {
			if (reference.endsWith("-1") || reference.endsWith(".1")) {
				throw new InvalidationException("Your request contains invalid invalidation paths", Kind.ITEMS, null);
			}
			if (reference.endsWith(".0")) {
				throw new InvalidationException("No", Kind.TEMPORARY, null);
			}
		};
		RunHandle stuck = node.invalidateAll();
		Awaitility.await()
			.until(() -> node.find(stuck.id())
				.orElseThrow()
				.batches()
				.stream()
				.anyMatch((batch) -> batch.attempts() > 2));
		this.client.before = (reference) -> {
			if (reference.endsWith(".0")) {
				throw new InvalidationException("No", Kind.TEMPORARY, null);
			}
		};
		assertThat(end(node, "/x").state()).isEqualTo(State.COMPLETED);
		this.client.before = NOTHING;
		Run run = end(stuck);
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.rejected()).hasSize(1);
	}

	@Test
	void doesNotShrinkBatchThatMayHaveBeenAccepted() throws Exception {
		this.cloudFront.fail(1, Fault.DROP_AFTER_ACCEPTING);
		this.cloudFront.fail(4, Fault.THROTTLE);
		QueuedInvalidator node = sdkNode();
		track("/a", "/b");
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.batches()).hasSize(1);
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
	}

	@Test
	void doesNotSplitBatchDuringThrottling() throws Exception {
		this.cloudFront.fail(25, Fault.THROTTLE);
		QueuedInvalidator node = start(ledger(), client(), 1000, LONG);
		track(IntStream.range(0, 1000).mapToObj((i) -> "/" + i).toArray(String[]::new));
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1000);
		assertThat(run.batches()).filteredOn((batch) -> batch.invalidationId() != null).hasSizeLessThan(10);
	}

	@Test
	void rejectsPathThatIsNotTextOnce() throws Exception {
		byte[] path = "/caf?".getBytes(StandardCharsets.US_ASCII);
		path[4] = (byte) 0xE9;
		this.template.execute((RedisCallback<Boolean>) (connection) -> connection.zSetCommands()
			.zAdd(("test:{" + this.keys.distributionId() + "}:paths").getBytes(StandardCharsets.UTF_8),
					Double.POSITIVE_INFINITY, path));
		track("/a", "/b\n" + "x".repeat(5000));
		QueuedInvalidator node = sdkNode();
		Run run = end(node.invalidateAll());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.rejected()).hasSize(2)
			.allSatisfy((rejected) -> assertThat(rejected.path()).doesNotContain("\n").hasSizeLessThanOrEqualTo(1000));
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
		assertThat(this.store.count()).isZero();
		assertThat(end(node.invalidateAll()).state()).isEqualTo(State.EMPTY);
	}

	@Test
	void batchWithoutIdDoesNotBlockOthers() throws Exception {
		RunLedger ledger = ledger();
		String found = acceptedWithoutId(ledger, "found");
		String lost = acceptedWithoutId(ledger, "lost");
		this.sdk.createInvalidation((request) -> request.distributionId(this.cloudFront.distributionId())
			.invalidationBatch((batch) -> batch.callerReference("cf-tracker-found-1")
				.paths((paths) -> paths.items("/a").quantity(1))));
		QueuedInvalidator node = start(ledger, client(), 1000, LONG);
		assertThat(end(node, "/x").state()).isEqualTo(State.COMPLETED);
		Awaitility.await().until(() -> ledger.find(found).map(Run::state), Optional.of(State.COMPLETED)::equals);
		Awaitility.await().until(() -> ledger.find(lost).map(Run::state), Optional.of(State.FAILED)::equals);
		assertThat(ledger.find(found).orElseThrow().batches()).singleElement()
			.satisfies((batch) -> assertThat(batch.invalidationId())
				.isEqualTo(this.cloudFront.invalidations().get(0).id()));
		assertThat(ledger.find(lost).orElseThrow().error()).contains("no invalidation for batch 'cf-tracker-lost-1'");
	}

	/**
	 * Write a run as an older version did after an answer without an id.
	 */
	private String acceptedWithoutId(RunLedger ledger, String id) {
		ledger.request(id, InvalidationRequest.ofEverything());
		Map<String, String> fields = Map.of("state", "IN_PROGRESS", "paths", "1", "items", "1", "wildcards", "0",
				"requestedAt", Long.toString(Instant.now().toEpochMilli()), "batch:cf-tracker-" + id + "-1",
				"0\nIN_PROGRESS\n1\n0\n1\n0\n\n");
		this.template.opsForHash().putAll("test:{" + this.keys.distributionId() + "}:run:" + id, fields);
		this.template.opsForList().remove("test:{" + this.keys.distributionId() + "}:waiting", 0, id);
		this.template.opsForZSet().add("test:{" + this.keys.distributionId() + "}:unfinished", id, 1);
		return id;
	}

	private QueuedInvalidator sdkNode() {
		return start(ledger(), client(), 1000, LONG);
	}

	private SdkInvalidationClient client() {
		return new SdkInvalidationClient(CloudFrontConnection.using(() -> this.sdk, "test"),
				this.cloudFront.distributionId());
	}

	private int creations() {
		return (int) this.cloudFront.calls()
			.stream()
			.filter((call) -> call.operation().equals("CreateInvalidation"))
			.count();
	}

	private static Run end(QueuedInvalidator node, String path) throws Exception {
		return end(node.invalidate(InvalidationRequest.ofPaths(List.of(path))));
	}

	private static Run end(RunHandle handle) throws Exception {
		return handle.completion().get(30, TimeUnit.SECONDS);
	}

}
