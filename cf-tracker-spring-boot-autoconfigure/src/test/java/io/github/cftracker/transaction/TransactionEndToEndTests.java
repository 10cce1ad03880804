package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotated methods in an application with a database, a Redis and a CloudFront.
 */
@ExtendWith(OutputCaptureExtension.class)
class TransactionEndToEndTests {

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
	@Tag("full")
	void mergesHundredCallsOfTransaction() {
		run((context) -> {
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				for (int i = 0; i < 100; i++) {
					context.getBean(Shop.class).save(i % 10);
				}
			});
			Awaitility.await().until(() -> !this.cloudFront.invalidations().isEmpty());
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				context.getBean(Shop.class).save(100);
				status.setRollbackOnly();
			});
			context.getBean(Shop.class).save(200);
			Awaitility.await().until(() -> this.cloudFront.invalidations().size() == 2);
			assertThat(sent())
				.containsExactlyInAnyOrderElementsOf(IntStream.concat(IntStream.range(0, 10), IntStream.of(200))
					.mapToObj((i) -> "/products/" + i)
					.toList());
		}, "cf.tracker.store=memory");
	}

	@Test
	void deliversLaterIfRedisIsUnavailableAtCommit(CapturedOutput output) {
		run((context) -> {
			this.redis.kill();
			long start = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				context.getBean(Shop.class).save(i);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
			assertThat(rows(context)).isEqualTo(20);
			this.redis.restart();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(sent()).hasSize(20).doesNotHaveDuplicates());
			assertThat(output).containsOnlyOnce("requests are held in memory")
				.containsOnlyOnce("held in memory are queued");
		}, "cf.tracker.redis-url=" + this.redis.url(), "cf.tracker.redis.timeout=2s");
	}

	@Test
	@Tag("full")
	void aRedisThatHangsCostsOneCommitSomeTimeAndTheItemsTwiceAtTheMost() {
		run((context) -> {
			context.getBean(Shop.class).save(0);
			Awaitility.await().until(() -> !sent().isEmpty());
			this.redis.pause();
			context.getBean(Shop.class).save(1);
			long start = System.nanoTime();
			for (int i = 2; i < 20; i++) {
				context.getBean(Shop.class).save(i);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
			// Attempts go on meanwhile
			Awaitility.await().during(Duration.ofSeconds(4)).until(() -> sent().size() == 1);
			this.redis.resume();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(sent()).contains("/products/1", "/products/19"));
			assertThat(sent()).filteredOn("/products/1"::equals).hasSizeLessThanOrEqualTo(2);
			assertThat(sent()).filteredOn("/products/19"::equals).hasSize(1);
		}, "cf.tracker.redis-url=" + this.redis.url());
	}

	@Test
	@Tag("full")
	void retriesWhileQueueIsFull(CapturedOutput output) {
		run((context) -> {
			this.cloudFront.answerAfter(Duration.ofSeconds(3));
			for (int i = 0; i < 1001; i++) {
				context.getBean(CloudFrontInvalidator.class).invalidate(InvalidationRequest.ofPaths("/run" + i));
			}
			context.getBean(Shop.class).save(1);
			context.getBean(Shop.class).save(2);
			assertThat(output).contains("are held in memory").contains("1000 runs");
			this.cloudFront.answerAfter(Duration.ZERO);
			Awaitility.await()
				.atMost(Duration.ofSeconds(90))
				.untilAsserted(() -> assertThat(sent()).contains("/products/1", "/products/2"));
		}, "cf.tracker.store=memory");
	}

	@Test
	@Tag("full")
	void logsUndeliveredRequests(CapturedOutput output) {
		run((context) -> {
			this.redis.kill();
			context.getBean(Shop.class).save(7);
		}, "cf.tracker.redis-url=" + this.redis.url());
		assertThat(output).contains("ERROR").contains("Invalidate these manually: paths [/products/7]");
	}

	@Test
	void makesLastAttemptAtStop(CapturedOutput output) {
		run((context) -> {
			this.redis.kill();
			context.getBean(Shop.class).save(7);
			this.redis.restart();
		}, "cf.tracker.redis-url=" + this.redis.url(), "cf.tracker.redis.timeout=5s");
		assertThat(output).contains("held in memory are queued").doesNotContain("Invalidate these manually");
	}

	private List<String> sent() {
		List<String> sent = new ArrayList<>();
		this.cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
		return sent;
	}

	private static int rows(ConfigurableApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForList("select id from product").size();
	}

	private void run(Consumer<ConfigurableApplicationContext> action, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
					"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
					"cf.tracker.access-key=" + this.cloudFront.accessKey(),
					"cf.tracker.secret-key=" + this.cloudFront.secretKey(),
					"cf.tracker.invalidation.items-per-second=0", "cf.tracker.invalidation.calls-per-second=1000")
			.properties(properties)
			.run()) {
			context.getBean(JdbcTemplate.class).execute("create table product (id int)");
			action.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		JdbcDataSource dataSource() {
			JdbcDataSource dataSource = (JdbcDataSource) H2.dataSource();
			dataSource.setUrl(dataSource.getUrl() + ";DB_CLOSE_DELAY=-1");
			return dataSource;
		}

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		JdbcTemplate jdbcTemplate(DataSource dataSource) {
			return new JdbcTemplate(dataSource);
		}

		@Bean
		Shop shop(JdbcTemplate jdbc) {
			return new Shop(jdbc);
		}

	}

	static class Shop {

		private final JdbcTemplate jdbc;

		Shop(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		@InvalidatesCloudFront(paths = "/products/#{#id}")
		void save(int id) {
			this.jdbc.update("insert into product values (?)", id);
		}

	}

}
