package io.github.cftracker.run;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.run.Budget.OnExcess;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.UnknownDistribution;
import io.github.cftracker.web.SpringPathPatterns;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract of runs with a plan for every ledger: the items that are sent, billed,
 * forgotten and kept.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class PlannedRunContractTests {

	private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

	static final PathPatterns PATTERNS = new SpringPathPatterns();

	private static final Set<State> SENT = Set.of(State.IN_PROGRESS, State.COMPLETED);

	private static final Duration HOUR = Duration.ofHours(1);

	private static LocalCloudFront cloudFront;

	private static CloudFrontClient sdk;

	final String name = UUID.randomUUID().toString();

	final UrlStore store = createStore();

	private final HeldClient client = new HeldClient(
			new SdkInvalidationClient(CloudFrontConnection.using(() -> sdk, "test"), cloudFront.distributionId()));

	final RunLedger ledger = createLedger(Clock.systemUTC());

	private List<String> protectedPrefixes = List.of();

	private Budget budget = Budget.NONE;

	private Pricing pricing = Pricing.PAY_AS_YOU_GO;

	private int batchSize = 1000;

	private QueuedInvalidator invalidator;

	abstract UrlStore createStore();

	abstract RunLedger createLedger(Clock clock);

	@BeforeAll
	static void open() {
		cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(20)).start();
		sdk = CloudFrontClients.of(cloudFront);
	}

	@AfterAll
	static void shut() {
		sdk.close();
		cloudFront.close();
	}

	@AfterEach
	void close() {
		this.client.release();
		if (this.invalidator != null) {
			this.invalidator.stop();
		}
		cloudFront.clear();
	}

	@Test
	void sendsWildcardsFirstAndBillsPlannedItems() {
		track(paths("/products/", 40));
		track("/about", "/contact");
		start(3);
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.paths()).isEqualTo(42);
		assertThat(run.items()).isEqualTo(3).isEqualTo(plan.items());
		assertThat(run.wildcards()).isEqualTo(1).isEqualTo(plan.wildcards());
		assertThat(run.rejected()).isEmpty();
		assertThat(batches()).containsExactly(Set.of("/products/*"), Set.of("/about", "/contact"));
		assertThat(cloudFront.billedItems()).isEqualTo(3);
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(3);
		assertThat(plan.covered()).containsExactlyEntriesOf(Map.of("/products/*", 40L));
		assertThat(tracked()).isEmpty();
	}

	@Test
	void forgetsCoveredPathsOnceWildcardIsAccepted() {
		track(paths("/a/", 10));
		track(paths("/b/", 10));
		track("/about");
		this.batchSize = 1;
		start(3);
		this.client.afterCalls(1, () -> cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).isEqualTo("No more");
		assertThat(run.paths()).isEqualTo(21);
		assertThat(run.items()).isEqualTo(1);
		assertThat(run.wildcards()).isEqualTo(1);
		assertThat(run.batches()).extracting(Run.Batch::state).containsExactly(BatchState.COMPLETED, BatchState.FAILED);
		assertThat(sent()).containsExactly("/a/*");
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(and(paths("/b/", 10), "/about"));
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(1);
	}

	@Test
	void givesBackPathsOfRefusedWildcard() {
		List<String> all = and(paths("/a/", 10), "/about");
		track(all);
		start(2);
		cloudFront.refuseNext(403, "AccessDenied", "You may not do that");
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.items()).isZero();
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(all);
		assertThat(this.ledger.status().billedThisMonth()).isZero();
		assertThat(invalidateAll().state()).isEqualTo(State.COMPLETED);
		assertThat(sent()).containsExactlyInAnyOrder("/a/*", "/about");
		assertThat(tracked()).isEmpty();
	}

	@Test
	void keepsExactPathsOfRunThatIsRefusedAfterItsWildcards() {
		track(paths("/a/", 10));
		track("/about", "/contact");
		start(3);
		this.client.afterCalls(1, () -> cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(sent()).containsExactly("/a/*");
		assertThat(tracked()).containsExactlyInAnyOrder("/about", "/contact");
	}

	@Test
	void neverFoldsOverATrackedPathThatWasNotSelected() {
		track(paths("/products/4", 10));
		track(paths("/blog/2025/", 10));
		track("/products/4-unselected", "/products/", "/blog/2026/1", "/blog/2025");
		start(1);
		Run run = send(select(List.of(), List.of("/products/4{n:[0-9]}", "/blog/2025/{n}")));
		assertThat(run.state()).isIn(SENT);
		assertThat(run.paths()).isEqualTo(20);
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(and(paths("/products/4", 10), "/blog/2025/*"));
		assertThat(cloudFront.billedItems()).isEqualTo(11).isEqualTo(run.items().longValue());
		assertThat(tracked()).containsExactlyInAnyOrder("/products/4-unselected", "/products/", "/blog/2026/1",
				"/blog/2025");
	}

	@Test
	void neverFoldsOverATrackedWildcardThatWasNotSelected() {
		track(paths("/shop/item", 10));
		track("/shop/items?*", "/shop/item9?*");
		start(1);
		Run run = send(InvalidationRequest.ofPaths(paths("/shop/item", 10)));
		assertThat(run.state()).isIn(SENT);
		assertThat(sent()).noneMatch((item) -> item.endsWith("*")).hasSize(10);
		assertThat(tracked()).containsExactlyInAnyOrder("/shop/items?*", "/shop/item9?*");
	}

	@Test
	void neverFoldsOverAProtectedPrefix() {
		this.protectedPrefixes = List.of("/account/");
		track(paths("/account/", 10));
		track(paths("/products/", 10));
		start(1);
		Run run = sendAll();
		assertThat(run.state()).isIn(SENT);
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(and(paths("/account/", 10), "/products/*"));
		assertThat(cloudFront.billedItems()).isEqualTo(11).isEqualTo(run.items().longValue());
		assertThat(tracked()).isEmpty();
	}

	@Test
	void sendsTrackedWildcardOnceWithoutCoveredPaths() {
		track("/a?*", "/a?x=1", "/a", "/b/*", "/b/1", "/b/1?x=1", "/b/c/*", "/b");
		start(0);
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		Run run = sendAll();
		assertThat(run.state()).isIn(SENT);
		assertThat(run.paths()).isEqualTo(8);
		assertThat(batches()).containsExactly(Set.of("/a?*", "/b/*"), Set.of("/a", "/b"));
		assertThat(run.items()).isEqualTo(4).isEqualTo(plan.items());
		assertThat(run.wildcards()).isEqualTo(2);
		assertThat(plan.covered()).containsEntry("/a?*", 1L).containsEntry("/b/*", 3L).hasSize(2);
		assertThat(cloudFront.billedItems()).isEqualTo(4);
		assertThat(tracked()).isEmpty();
	}

	@Test
	void doesNotSendNamedPathUnderNamedWildcard() {
		track("/b/1", "/b/2", "/c");
		start(0);
		InvalidationRequest request = InvalidationRequest.ofPaths("/b/1", "/b/*", "/b/untracked", "/b/c/*");
		InvalidationPlan plan = this.invalidator.plan(request);
		Run run = send(request);
		assertThat(batches()).containsExactly(Set.of("/b/*"));
		assertThat(run.items()).isEqualTo(1).isEqualTo(plan.items());
		assertThat(run.paths()).isEqualTo(2);
		assertThat(plan.plan()).containsExactly("/b/*");
		assertThat(cloudFront.billedItems()).isEqualTo(1);
		assertThat(tracked()).containsExactly("/c");
	}

	@Test
	void sendsTrackedPathThatEndsBeforeAsteriskOfWildcard() {
		track("/dev/", "/dev/1", "/dev", "/s?", "/s?x=1");
		start(0);
		InvalidationRequest request = InvalidationRequest.ofPaths("/dev/*", "/s?*", "/other/*");
		InvalidationPlan plan = this.invalidator.plan(request);
		Run run = send(request);
		assertThat(run.state()).isIn(SENT);
		assertThat(batches()).containsExactly(Set.of("/dev/*", "/other/*", "/s?*"), Set.of("/dev/", "/s?"));
		assertThat(run.paths()).isEqualTo(4).isEqualTo(plan.paths());
		assertThat(run.items()).isEqualTo(5).isEqualTo(plan.items()).isEqualTo(cloudFront.billedItems());
		assertThat(plan.plan()).containsExactlyInAnyOrder("/dev/*", "/other/*", "/s?*", "/dev/", "/s?");
		assertThat(plan.covered()).isEqualTo(Map.of("/dev/*", 1L, "/other/*", 0L, "/s?*", 1L));
		assertThat(plan.unselected()).isZero();
		assertThat(tracked()).containsExactly("/dev");
	}

	@Test
	void sendsNamedPathThatEndsBeforeAsteriskOfWildcard() {
		start(0);
		Run run = send(InvalidationRequest.ofPaths("/dev/", "/dev/*"));
		assertThat(batches()).containsExactly(Set.of("/dev/", "/dev/*"));
		assertThat(run.items()).isEqualTo(2);
	}

	@Test
	void keepsPathThatEndsBeforeAsteriskIfRefusedAfterWildcard() {
		track("/dev/", "/dev/1");
		start(0);
		this.client.afterCalls(1, () -> cloudFront.refuseNext(403, "AccessDenied", "No more"));
		Run run = invalidate(InvalidationRequest.ofPaths("/dev/*"));
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(sent()).containsExactly("/dev/*");
		assertThat(tracked()).containsExactly("/dev/");
	}

	@Test
	void foldsContentOfFolderAndSendsFolderSeparately() {
		track(paths("/products/", 40));
		track("/products/", "/about");
		start(3);
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		Run run = sendAll();
		assertThat(batches()).containsExactly(Set.of("/products/*"), Set.of("/products/", "/about"));
		assertThat(run.items()).isEqualTo(3).isEqualTo(plan.items()).isEqualTo(cloudFront.billedItems());
		assertThat(plan.covered()).isEqualTo(Map.of("/products/*", 40L));
		assertThat(tracked()).isEmpty();
	}

	@Test
	void sendsPathsOfRejectedWildcard() {
		track(paths("/a/", 10));
		track(paths("/b/", 10));
		start(2);
		this.client.rejectItems(Set.of("/a/*"));
		Run run = sendAll();
		assertThat(run.state()).isIn(SENT);
		assertThat(run.rejected()).extracting(RejectedPath::path).containsExactly("/a/*");
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(and(paths("/a/", 10), "/b/*"));
		assertThat(run.items()).isEqualTo(11).isEqualTo(cloudFront.billedItems());
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(11);
		assertThat(tracked()).isEmpty();
	}

	@Test
	void sendsNamedPathsOfRejectedWildcard() {
		this.batchSize = 3;
		start(2);
		this.client.rejectItems(Set.of("/a/*"));
		track("/a/0", "/a/x");
		Run run = send(InvalidationRequest.ofPaths(and(paths("/a/", 10), "/a/x", "/b")));
		assertThat(run.rejected()).extracting(RejectedPath::path).containsExactly("/a/*");
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(and(paths("/a/", 10), "/a/x", "/b"));
		assertThat(run.items()).isEqualTo(12).isEqualTo(cloudFront.billedItems());
		assertThat(tracked()).isEmpty();
	}

	@Test
	void sendsLatePathsUnderWildcardExactly() {
		track(paths("/a/", 10));
		start(1);
		this.client.holdQuestions();
		Run run = sendAll();
		assertThat(batches()).containsExactly(Set.of("/a/*"));
		recordResponse("/a/3", Duration.ofMinutes(1));
		recordResponse("/a/4", Duration.ZERO);
		Awaitility.await().until(() -> sent().contains("/a/3"));
		assertThat(this.ledger.find(run.id()).map(Run::state)).contains(State.IN_PROGRESS);
		this.client.release();
		Awaitility.await().until(() -> this.ledger.find(run.id()).map(Run::state).equals(Optional.of(State.COMPLETED)));
		recordResponse("/a/new", Duration.ofMinutes(1));
		Awaitility.await().until(() -> sent().contains("/a/new"));
		Awaitility.await().until(() -> tracked().equals(List.of("/a/4")));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.ledger.find(run.id()).orElseThrow().batches()).hasSize(3)
				.allMatch((batch) -> batch.state() == BatchState.COMPLETED));
		assertThat(sent()).containsExactlyInAnyOrder("/a/*", "/a/3", "/a/new");
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(3).isEqualTo(cloudFront.billedItems());
		assertThat(this.ledger.find(run.id()).orElseThrow().items()).isEqualTo(3);
	}

	@Test
	void keepsRefusedLatePathsUnderWildcard() {
		this.batchSize = 1;
		track(paths("/a/", 10));
		start(1);
		this.client.holdQuestions();
		Run run = sendAll();
		cloudFront.refuseNext(403, "AccessDenied", "No more");
		List<PathLifetime> late = List.of(new PathLifetime("/a/3", HOUR, Duration.ofMinutes(1)),
				new PathLifetime("/a/5", HOUR, Duration.ofMinutes(1)));
		this.store.track(late);
		InvalidatorContractTests.written(this.ledger, late);
		Awaitility.await()
			.until(() -> this.ledger.find(run.id()).orElseThrow().batches().size() == 2
					&& this.ledger.find(run.id()).orElseThrow().batches().get(1).state() == BatchState.FAILED);
		Awaitility.await().until(() -> Set.copyOf(tracked()).equals(Set.of("/a/3", "/a/5")));
		assertThat(sent()).containsExactly("/a/*");
	}

	@Test
	void logsRunAboveBudgetAndSendsIt(CapturedOutput output) {
		this.budget = new Budget(15, OnExcess.WARN);
		start(0);
		track(paths("/a/", 10));
		assertThat(sendAll().error()).isNull();
		assertThat(output).doesNotContain("items-per-month");
		track(paths("/b/", 10));
		assertThat(this.invalidator.plan(InvalidationRequest.ofEverything()).excess())
			.contains("'cf.tracker.invalidation.budget.items-per-month' (15)");
		Run run = sendAll();
		assertThat(run.state()).isIn(SENT);
		assertThat(run.error()).isNull();
		assertThat(output).containsPattern(
				"WARN.*" + run.id() + ".*10 items \\(about \\$[0-9.]+\\) and the 10 sent this month exceed "
						+ "'cf.tracker.invalidation.budget.items-per-month' \\(15\\)");
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(20).isEqualTo(cloudFront.billedItems());
	}

	@Test
	void foldsRunAboveBudget(CapturedOutput output) {
		this.budget = new Budget(15, OnExcess.FOLD);
		start(0);
		track(paths("/a/", 10));
		sendAll();
		assertThat(sent()).hasSize(10).doesNotContain("/a/*");
		track(paths("/b/", 10));
		track("/about");
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		assertThat(plan.excess()).isNull();
		Run run = sendAll();
		assertThat(run.state()).isIn(SENT);
		assertThat(run.items()).isBetween(2L, 5L).isEqualTo(plan.items());
		assertThat(this.ledger.status().billedThisMonth()).isLessThanOrEqualTo(15).isEqualTo(cloudFront.billedItems());
		assertThat(output).doesNotContain("items-per-month");
	}

	@Test
	void logsRunThatFoldingCannotFitIntoBudget(CapturedOutput output) {
		this.budget = new Budget(3, OnExcess.FOLD);
		start(0);
		track(paths("/a/", 10));
		track(paths("/a/unselected", 10));
		Run run = send(InvalidationRequest.ofPaths(paths("/a/", 10)));
		assertThat(run.state()).isIn(SENT);
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(paths("/a/", 10));
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(paths("/a/unselected", 10));
		assertThat(output).contains("and the 0 sent this month exceed");
	}

	@Test
	void sendsNothingIfBudgetRejectsRun() {
		this.budget = new Budget(15, OnExcess.REJECT);
		start(0);
		track(paths("/a/", 10));
		invalidateAll();
		track(paths("/b/", 10));
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("'cf.tracker.invalidation.budget.items-per-month'",
				". Nothing was sent, all paths are still tracked");
		assertThat(run.batches()).isEmpty();
		assertThat(run.paths()).isEqualTo(10);
		assertThat(run.items()).isZero();
		assertThat(run.finishedAt()).isNotNull();
		assertThat(cloudFront.billedItems()).isEqualTo(10).isEqualTo(this.ledger.status().billedThisMonth());
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(paths("/b/", 10));
		// A run within the budget is sent
		assertThat(invalidate(InvalidationRequest.ofPaths(paths("/b/", 5))).state()).isEqualTo(State.COMPLETED);
		assertThat(tracked()).hasSize(5);
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(15);
	}

	@Test
	void countsHalvesWithoutRejectedItems() {
		track(paths("/a/", 100));
		start(0);
		this.client.rejectItems(Set.of("/a/7", "/a/63"));
		Run run = sendAll();
		assertThat(run.items()).isEqualTo(98);
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(98).isEqualTo(cloudFront.billedItems());
	}

	@Test
	void countsAcceptedItemsOnceAfterLostAnswers() {
		track(paths("/a/", 10));
		start(0);
		this.client.loseAnswers(2);
		assertThat(sendAll().state()).isIn(SENT);
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(10).isEqualTo(cloudFront.billedItems());
	}

	@Test
	void aMonthBeginsAtMidnightInUtc() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T23:59:59Z"));
		// A time zone in which December has begun
		RunLedger ledger = createLedger(clock(now, "Pacific/Kiritimati"));
		bill(ledger, "november", 10);
		assertThat(ledger.status().billedThisMonth()).isEqualTo(10);
		now.set(Instant.parse("2026-12-01T00:00:01Z"));
		assertThat(ledger.status().billedThisMonth()).isZero();
		bill(ledger, "december", 3);
		assertThat(ledger.status().billedThisMonth()).isEqualTo(3);
		now.set(Instant.parse("2027-12-01T00:00:01Z"));
		assertThat(ledger.status().billedThisMonth()).isZero();
	}

	static void bill(RunLedger ledger, String id, int items) {
		ledger.request(id, InvalidationRequest.ofEverything());
		Lease lease = ledger.acquire();
		Run waiting = Objects.requireNonNull(lease.next().run());
		lease.apply(new Step.Start(waiting));
		Claims.claim(lease, waiting);
		Run.Batch batch = RunState.unsent("cf-tracker-" + id + "-1", paths("/a/", items));
		Run run = waiting.withState(State.SENDING).withCounts(0L, 0L, 0L).withBatches(List.of(batch));
		lease.apply(new Step.Freeze(run, batch, paths("/a/", items), false));
		lease.apply(new Step.Accept(run, batch, List.of()));
		lease.release();
	}

	private static Clock clock(AtomicReference<Instant> now, String zone) {
		return new Clock() {

			@Override
			public ZoneId getZone() {
				return ZoneId.of(zone);
			}

			@Override
			public Clock withZone(ZoneId other) {
				return clock(now, other.getId());
			}

			@Override
			public Instant instant() {
				return now.get();
			}

		};
	}

	@Test
	void logsCostOfManyItemsAndFix(CapturedOutput output) {
		start(0);
		track(paths("/a/", 1000));
		sendAll();
		assertThat(output).doesNotContain("max-paths");
		track(paths("/a/", 1001));
		Run run = sendAll();
		assertThat(output).containsPattern("WARN.*Run " + run.id()
				+ " sends 1001 items, which cost about \\$5\\.005 .*'cf\\.tracker\\.invalidation\\.max-paths'");
	}

	@Test
	void logsCostOfManyItemsByPricing(CapturedOutput output) {
		this.pricing = new Pricing(new BigDecimal("0.02"), 1100);
		this.budget = new Budget(1000, OnExcess.WARN);
		start(0);
		track(paths("/a/", 1100));
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		assertThat(plan.excess()).contains("1,100 items (about $22.00)");
		sendAll();
		assertThat(output).doesNotContain("max-paths");
		track(paths("/a/", 1101));
		Run run = sendAll();
		assertThat(output).containsPattern("WARN.*Run " + run.id()
				+ " sends 1101 items, which cost about \\$22\\.02 beyond the 1100 free ones of a month");
	}

	@Test
	void doesNotWarnOfItemsWithoutAPrice(CapturedOutput output) {
		this.pricing = new Pricing(BigDecimal.ZERO, 0);
		start(0);
		track(paths("/a/", 1001));
		sendAll();
		assertThat(output).doesNotContain("max-paths");
	}

	@Test
	void dropsUnsendablePathWithCoveringWildcard() {
		track(paths("/u/", 10));
		track("/u/~me", "/~you");
		start(1);
		InvalidationPlan plan = this.invalidator.plan(InvalidationRequest.ofEverything());
		Run run = sendAll();
		assertThat(batches()).containsExactly(Set.of("/u/*"));
		assertThat(run.rejected()).extracting(RejectedPath::path).containsExactly("/~you");
		assertThat(plan.rejected()).isEqualTo(run.rejected());
		assertThat(tracked()).isEmpty();
	}

	@Test
	void runSendsItemsOfDryRun() {
		Random random = new Random(42);
		start(3);
		for (int round = 0; round < 30; round++) {
			Set<String> world = world(random);
			track(List.copyOf(world));
			InvalidationRequest request = select(
					pick(random, List.of("/s/1", "/p/a1", "/s/*", "/new"), random.nextInt(3)),
					pick(random, List.of("/p/*", "/s/{n}", "/q/**", "/p/a{n}"), 1 + random.nextInt(2)));
			InvalidationPlan plan = this.invalidator.plan(request);
			int before = cloudFront.invalidations().size();
			Run run = send(request);
			List<String> sent = sentSince(before);
			assertThat(sent).as("%s of %s", request, world).containsExactlyInAnyOrderElementsOf(plan.plan());
			assertThat(run.items()).isEqualTo(plan.items());
			assertThat(run.wildcards()).isEqualTo(plan.wildcards());
			assertThat(run.paths()).isEqualTo(plan.paths());
			assertThat(run.rejected()).containsExactlyInAnyOrderElementsOf(plan.rejected());
			assertThat(plan.unselected()).isZero();
			assertThat(plan.items()).isLessThanOrEqualTo(plan.exactItems());
			List<String> left = List.copyOf(tracked());
			assertThat(left).hasSize(world.size() - (int) plan.paths());
			assertThat(left).noneMatch((path) -> sent.stream().anyMatch((item) -> Selection.covers(item, path)));
			this.store.untrack(left);
		}
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(cloudFront.billedItems());
	}

	private static Set<String> world(Random random) {
		Set<String> world = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			String path = "/" + "pqs".charAt(random.nextInt(3)) + "/"
					+ pick(random, List.of("", "a", "b", "~"), 1).get(0) + random.nextInt(12);
			world.add(path
					+ pick(random, List.of("", "", "", "?x=" + random.nextInt(3), "?*", "?", "/*", "/"), 1).get(0));
		}
		world.addAll(pick(random, List.of("/p/", "/q/", "/s/"), 2));
		return world;
	}

	private static List<String> pick(Random random, List<String> values, int count) {
		return Stream.generate(() -> values.get(random.nextInt(values.size()))).limit(count).distinct().toList();
	}

	private static InvalidationRequest select(Collection<String> paths, Collection<String> matching) {
		InvalidationRequest.Builder builder = InvalidationRequest.builder();
		return (paths.isEmpty() ? builder : builder.paths(paths)).matching(matching).build();
	}

	private void start(int maxPaths) {
		UnknownDistribution distribution = new UnknownDistribution(this.protectedPrefixes);
		RunPlanner planner = new RunPlanner(this.store,
				new Selections(this.store, PATTERNS, distribution, Planners.NO_HINTS), distribution, this.ledger,
				new RunSettings(this.batchSize, Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(6), BACKOFF,
						BACKOFF, new Quotas(0, 0, 0, 0, 1000), Duration.ofMillis(500),
						new PlanSettings(maxPaths, this.budget, this.pricing)));
		this.invalidator = new QueuedInvalidator(new RunContext(this.ledger, this.client, () -> {
		}, InvalidatorContractTests.settings(this.batchSize, Duration.ofSeconds(30), Duration.ofHours(6)), planner,
				RunObserver.of(List.of())), new TimeLimitedStore(this.store));
		this.invalidator.start();
	}

	private Run invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	private Run invalidate(InvalidationRequest request) {
		return this.invalidator.invalidate(request).completion().join();
	}

	private Run sendAll() {
		return send(InvalidationRequest.ofEverything());
	}

	/**
	 * Send a run without waiting for its completion.
	 */
	private Run send(InvalidationRequest request) {
		String id = this.invalidator.invalidate(request).id();
		return Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.ledger.find(id).orElseThrow(),
					(run) -> run.state().isFinal() || run.state() == State.IN_PROGRESS);
	}

	private void recordResponse(String path, Duration age) {
		List<PathLifetime> recorded = List.of(new PathLifetime(path, HOUR, age));
		this.store.track(recorded);
		InvalidatorContractTests.written(this.ledger, recorded);
	}

	private void track(String... paths) {
		track(List.of(paths));
	}

	void track(List<String> paths) {
		this.store.track(paths.stream().map((path) -> new PathLifetime(path, HOUR)).toList());
	}

	private List<String> tracked() {
		return this.store.scan("/", 10_000).stream().map(TrackedPath::path).toList();
	}

	private List<Set<String>> batches() {
		return cloudFront.invalidations()
			.stream()
			.<Set<String>>map((invalidation) -> new HashSet<>(invalidation.paths()))
			.toList();
	}

	private List<String> sent() {
		return sentSince(0);
	}

	private List<String> sentSince(int invalidations) {
		List<String> sent = new ArrayList<>();
		cloudFront.invalidations()
			.stream()
			.skip(invalidations)
			.forEach((invalidation) -> sent.addAll(invalidation.paths()));
		return sent;
	}

	static List<String> paths(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + i).toList();
	}

	private static List<String> and(List<String> paths, String... more) {
		return Stream.concat(paths.stream(), Stream.of(more)).toList();
	}

}
