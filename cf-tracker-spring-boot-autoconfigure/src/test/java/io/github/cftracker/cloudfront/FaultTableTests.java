package io.github.cftracker.cloudfront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.distribution.UnreadableDistributionException;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunContext;
import io.github.cftracker.run.RunObserver;
import io.github.cftracker.run.RunSettings;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Table of CloudFront's answers, given once or always: no path is lost, stale or billed
 * twice, every run ends by its deadline, and the next run is sent. Writes the table of
 * {@code docs/answers.md} with {@code -Ddocs.write=true}, and compares it otherwise.
 */
@Tag("full")
class FaultTableTests {

	private static final Path DOCUMENT = Path.of("../docs/answers.md");

	private static final String BEGIN = "<!-- table -->\n";

	private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration TIME_LIMIT = Duration.ofMillis(400);

	private static final Duration LEASE = Duration.ofSeconds(10);

	private static final String LARGE_PAGE = "<html>" + "x".repeat(2_000_000);

	private static final String PAGE = "<html><body>Please log in</body></html>";

	private static final Map<Fault, String> FAULTS = new LinkedHashMap<>();

	static {
		FAULTS.put(Fault.answer(200, "text/html", PAGE), "200 with a page");
		FAULTS.put(Fault.answer(200, "text/html", PAGE).afterAccepting(), "200 with a page, after accepting");
		FAULTS.put(Fault.answer(200, "text/html", "<html><br>"), "200 with a page that is not XML");
		FAULTS.put(Fault.answer(201, "text/xml", "<Invalidation/>"), "201 without an id");
		FAULTS.put(Fault.answer(204), "204");
		FAULTS.put(Fault.answer(302).header("Location", "https://login.example.org/"), "302");
		FAULTS.put(Fault.refusal(400, "InvalidArgument", "The parameter Foo is invalid."),
				"400 `InvalidArgument`, not about paths");
		FAULTS.put(Fault.refusal(400, "New", "New"), "400 with an unknown code");
		FAULTS.put(Fault.THROTTLE, "400 `Throttling`");
		FAULTS.put(Fault.TOO_MANY_IN_PROGRESS, "400 `TooManyInvalidationsInProgress`");
		FAULTS.put(Fault.refusal(400, "RequestTimeout", "Too slow"), "400 `RequestTimeout`");
		FAULTS.put(Fault.ACCESS_DENIED, "403 `AccessDenied`");
		FAULTS.put(Fault.answer(403, "text/html", PAGE), "403 with a page");
		FAULTS.put(Fault.refusal(403, "RequestTimeTooSkewed", "The clock is wrong"), "403 `RequestTimeTooSkewed`");
		FAULTS.put(Fault.refusal(404, "NoSuchDistribution", "It does not exist."), "404 `NoSuchDistribution`");
		FAULTS.put(Fault.refusal(404, "NoSuchInvalidation", "It does not exist."), "404 `NoSuchInvalidation`");
		FAULTS.put(Fault.answer(407, "text/html", PAGE), "407 with a page");
		FAULTS.put(Fault.refusal(413, "BatchTooLarge", "Too large"), "413 `BatchTooLarge`");
		FAULTS.put(Fault.refusal(429, "TooManyRequests", "Slow down").header("Retry-After", "1"),
				"429 with `Retry-After: 1`");
		FAULTS.put(Fault.INTERNAL_ERROR, "500 `InternalError`");
		FAULTS.put(Fault.INTERNAL_ERROR.afterAccepting(), "500 `InternalError`, after accepting");
		FAULTS.put(Fault.answer(502, "text/html", PAGE), "502 with a page");
		FAULTS.put(Fault.SERVICE_UNAVAILABLE, "503 `ServiceUnavailable`");
		FAULTS.put(Fault.SERVICE_UNAVAILABLE.header("Retry-After", "3600"), "503 with `Retry-After: 3600`");
		FAULTS.put(Fault.answer(504), "504");
		FAULTS.put(Fault.hang(), "no answer");
		FAULTS.put(Fault.hang().afterAccepting(), "no answer, after accepting");
		FAULTS.put(Fault.DROP_BEFORE_ACCEPTING, "connection reset");
		FAULTS.put(Fault.DROP_AFTER_ACCEPTING, "connection reset, after accepting");
		FAULTS.put(Fault.truncated(), "truncated XML");
		FAULTS.put(Fault.wrongContentType("text/plain"), "CloudFront's answer as `text/plain`");
		FAULTS.put(Fault.answer(200, "text/html", LARGE_PAGE), "200 with 2 MB");
		FAULTS.put(Fault.answer(500, "text/html", LARGE_PAGE), "500 with 2 MB");
	}

	@Test
	void losesAndRebillsNothingAndEndsEveryRun() throws Exception {
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()),
				Duration.ofSeconds(5));
		ExecutorService executor = Executors.newFixedThreadPool(6);
		try {
			List<List<Future<String>>> cells = new ArrayList<>();
			for (Fault fault : FAULTS.keySet()) {
				List<Future<String>> row = new ArrayList<>();
				for (String operation : List.of("CreateInvalidation", "GetInvalidation", "ListInvalidations")) {
					row.add(executor.submit(() -> run(redis, fault, operation, 1)));
					row.add(executor.submit(() -> run(redis, fault, operation, LocalCloudFront.ALWAYS)));
				}
				row.add(executor.submit(() -> read(fault)));
				cells.add(row);
			}
			StringBuilder table = new StringBuilder();
			Iterator<List<Future<String>>> rows = cells.iterator();
			for (String name : FAULTS.values()) {
				table.append("| ").append(name);
				for (Future<String> cell : rows.next()) {
					table.append(" | ").append(cell.get(3, TimeUnit.MINUTES));
				}
				table.append(" |\n");
			}
			check(table.toString());
		}
		finally {
			executor.shutdownNow();
			redis.destroy();
		}
	}

	private static String run(TrackerRedisConnection redis, Fault fault, String operation, int times) throws Exception {
		RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());
		RedisUrlStore store = RedisStores.create(redis, keys, LEASE);
		RedisRunLedger ledger = RedisLedgers.create(redis, keys, LEASE, Duration.ofMinutes(10), 50);
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
				CloudFrontClient sdk = CloudFrontClients.of(cloudFront)) {
			boolean ends = times == 1 || operation.equals("ListInvalidations")
					|| FAULTS.get(fault).startsWith("CloudFront");
			Run run = run(store, ledger, cloudFront, sdk, ends ? PATIENCE : GIVE_UP_AFTER, (node) -> {
				store.track(List.of("/a", "/b", "/c")
					.stream()
					.map((path) -> new PathLifetime(path, Duration.ofHours(1)))
					.toList());
				if (operation.equals("ListInvalidations")) {
					cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "The caller reference was used");
				}
				cloudFront.fail(operation, times, fault);
				return node.invalidateAll();
			});
			cloudFront.clearFaults();
			// As after a restart
			Run next = run(store, ledger, cloudFront, sdk, PATIENCE,
					(node) -> node.invalidate(InvalidationRequest.ofPaths("/next")));
			assertThat(next.state()).as("after %s of %s", fault, operation).isEqualTo(Run.State.COMPLETED);
			run(store, ledger, cloudFront, sdk, PATIENCE, CloudFrontInvalidator::invalidateAll);
			assertThat(cloudFront.invalidations().stream().map(Invalidation::paths).flatMap(List::stream))
				.as("%s of %s", fault, operation)
				.containsExactlyInAnyOrder("/a", "/b", "/c", "/next");
			assertThat(cloudFront.billedItems()).isEqualTo(4);
			assertThat(store.count()).isZero();
			return run.state().name().toLowerCase(Locale.ROOT);
		}
	}

	private static Run run(RedisUrlStore store, RedisRunLedger ledger, LocalCloudFront cloudFront, CloudFrontClient sdk,
			Duration giveUpAfter, Function<CloudFrontInvalidator, RunHandle> request) throws Exception {
		QueuedInvalidator node = new QueuedInvalidator(new RunContext(ledger, new SdkInvalidationClient(
				CloudFrontConnection.using(() -> sdk, "test"), cloudFront.distributionId(), TIME_LIMIT), () -> {
				}, settings(giveUpAfter), Planners.exact(store), RunObserver.of(List.of())),
				new TimeLimitedStore(store));
		node.start();
		try {
			Run run = request.apply(node.open()).completion().get(2, TimeUnit.MINUTES);
			Awaitility.await().until(() -> !ledger.status().hasWork());
			return run;
		}
		finally {
			node.stop();
		}
	}

	private static RunSettings settings(Duration giveUpAfter) {
		return new RunSettings(1000, Duration.ofMillis(1), LEASE, giveUpAfter,
				new Backoff(Duration.ofMillis(10), Duration.ofMillis(200)),
				new Backoff(Duration.ofMillis(10), Duration.ofMillis(200)), new Quotas(0, 0, 0, 0, 1000),
				Duration.ofMillis(50), PlanSettings.EXACT);
	}

	private static String read(Fault fault) {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				CloudFrontClient sdk = CloudFrontClients.of(cloudFront)) {
			SdkDistributionClient client = new SdkDistributionClient(CloudFrontConnection.using(() -> sdk, "test"),
					cloudFront.distributionId(), TIME_LIMIT);
			List<String> ends = new ArrayList<>();
			for (String operation : List.of("GetDistributionConfig", "GetCachePolicy")) {
				cloudFront.fail(operation, 1, fault);
				ends.add(read(client));
				Awaitility.await("after %s of %s".formatted(fault, operation))
					.until(() -> read(client), "read"::equals);
			}
			return String.join(", ", ends);
		}
	}

	private static String read(SdkDistributionClient client) {
		try {
			client.read();
			return "read";
		}
		catch (UnreadableDistributionException ex) {
			assertThat(ex.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(1000);
			return ex.reason().name().toLowerCase(Locale.ROOT);
		}
	}

	private static void check(String table) throws IOException {
		String document = Files.readString(DOCUMENT);
		int begin = document.indexOf(BEGIN) + BEGIN.length();
		int rows = document.indexOf("\n", document.indexOf("|---", begin)) + 1;
		String expected = document.substring(0, rows) + table;
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
	}

}
