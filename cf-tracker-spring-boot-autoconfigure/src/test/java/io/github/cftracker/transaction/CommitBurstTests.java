package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import io.github.cftracker.Run;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.transaction.TransactionEndToEndTests.Application;
import io.github.cftracker.transaction.TransactionEndToEndTests.Shop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many commits at once, with the product's default quotas.
 */
@Tag("full")
class CommitBurstTests {

	private static final Logger logger = LoggerFactory.getLogger(CommitBurstTests.class);

	private static final int COMMITS = 1000;

	private final LocalCloudFront cloudFront = LocalCloudFront.builder()
		.distributionId("E" + Long.toString(System.nanoTime(), 36).toUpperCase(Locale.ROOT))
		.completesAfter(Duration.ofMillis(100))
		.start();

	private final TestRedis redis = TestRedis.start();

	@AfterEach
	void close() {
		this.cloudFront.close();
		this.redis.close();
	}

	@Test
	void mergesCommitsOfOnePage() {
		List<String> sent = commit((i) -> 7);
		assertThat(sent).containsOnly("/products/7").hasSizeLessThanOrEqualTo(10);
		assertThat(calls()).isLessThanOrEqualTo(10);
	}

	@Test
	void mergesCommitsOfManyPages() {
		List<String> sent = commit((i) -> i);
		assertThat(sent).containsAll(IntStream.range(0, COMMITS).mapToObj((i) -> "/products/" + i).toList())
			.hasSizeLessThanOrEqualTo(COMMITS + 5);
		assertThat(calls()).isLessThanOrEqualTo(10);
	}

	private long calls() {
		return this.cloudFront.calls().stream().filter((call) -> call.operation().equals("CreateInvalidation")).count();
	}

	private List<String> commit(IntUnaryOperator page) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
					"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
					"cf.tracker.access-key=" + this.cloudFront.accessKey(),
					"cf.tracker.secret-key=" + this.cloudFront.secretKey(), "cf.tracker.redis-url=" + this.redis.url())
			.run()) {
			context.getBean(JdbcTemplate.class).execute("create table product (id int)");
			long start = System.nanoTime();
			ExecutorService threads = Executors.newFixedThreadPool(2);
			CompletableFuture
				.allOf(IntStream.range(0, COMMITS)
					.mapToObj((i) -> CompletableFuture
						.runAsync(() -> context.getBean(Shop.class).save(page.applyAsInt(i)), threads))
					.toArray(CompletableFuture[]::new))
				.join();
			threads.shutdown();
			long committed = System.nanoTime();
			RunLedger ledger = context.getBean(RunLedger.class);
			Awaitility.await()
				.atMost(Duration.ofMinutes(30))
				.until(() -> !context.getBean(AfterCommitDelivery.class).isWaiting()
						&& ledger.list(Integer.MAX_VALUE).runs().stream().map(Run::state).allMatch(Run.State::isFinal));
			List<String> sent = new ArrayList<>();
			this.cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
			logger.info("{} commits within {} led to {} calls with {} items, drained {} after the last one", COMMITS,
					Duration.ofNanos(committed - start), calls(), sent.size(),
					Duration.ofNanos(System.nanoTime() - committed));
			return sent;
		}
	}

}
