package io.github.cftracker.scheduling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.ChildProcess;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code cf.tracker.run-once} in its own process, as an operator starts it.
 */
@Tag("full")
class RunOnceTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder()
		.distributionId("E" + Long.toString(System.nanoTime(), 36).toUpperCase(Locale.ROOT))
		.completesAfter(Duration.ofMillis(100))
		.start();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.cloudFront.close();
	}

	@Test
	@Tag("full")
	void invalidatesEverythingAndExitsWith0() throws Exception {
		track("/a", "/b");
		Result result = runOnce(TestRedis.shared().url());
		assertThat(result.output()).contains("Invalidating CloudFront... (2 paths)", "Success! 201",
				"is COMPLETED: 2 tracked paths, 2 items in 1 invalidations");
		assertThat(result.output()).doesNotContain("Tomcat started on port 8080");
		assertThat(result.exitCode()).isZero();
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactlyInAnyOrder("/a", "/b"));
	}

	@Test
	@Tag("full")
	void exitsWith1WhenRedisIsUnavailable() throws Exception {
		Result result = runOnce("redis://127.0.0.1:" + TestRedis.freePort());
		assertThat(result.output()).contains("Could not start the run: Redis did not answer");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void itemsSentByKilledNodeAreNotBilledTwice() throws Exception {
		track("/a", "/b");
		this.cloudFront.answerAfter(Duration.ofMinutes(5));
		Process process = start(TestRedis.shared().url());
		try {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !this.cloudFront.invalidations().isEmpty());
			assertThat(count()).isZero();
		}
		finally {
			// As kill -9 does
			process.destroyForcibly().waitFor();
		}
		this.cloudFront.answerAfter(Duration.ZERO);
		Result result = runOnce(TestRedis.shared().url());
		assertThat(result.output()).contains("Invalidating CloudFront... (2 paths)", "Success! 201", "is EMPTY");
		assertThat(result.exitCode()).isZero();
		assertThat(this.cloudFront.calls()).filteredOn((call) -> "CreateInvalidation".equals(call.operation()))
			.hasSizeGreaterThan(1);
		assertThat(this.cloudFront.invalidations()).hasSize(1);
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
		assertThat(count()).isZero();
	}

	private void track(String... paths) {
		withStore((store) -> {
			store.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
			return paths.length;
		});
	}

	private long count() {
		return withStore((store) -> {
			store.removeExpired();
			return store.count();
		});
	}

	private long withStore(ToLongFunction<RedisUrlStore> action) {
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()),
				Duration.ofSeconds(5));
		try {
			return action
				.applyAsLong(RedisStores.create(redis, new RedisKeys("cf-tracker", this.cloudFront.distributionId())));
		}
		finally {
			redis.destroy();
		}
	}

	private Result runOnce(String redisUrl) throws Exception {
		Process process = start(redisUrl);
		Path output = this.directory.resolve("output");
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(() -> read(output)).isTrue();
			return new Result(process.exitValue(), read(output));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Process start(String redisUrl) throws IOException {
		List<String> properties = List.of("--cf.tracker.run-once=true", "--cf.tracker.redis-url=" + redisUrl,
				"--cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"--cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"--cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + this.cloudFront.secretKey(), "--cf.tracker.schedule.cron=* * * * * *",
				"--cf.tracker.invalidation.lease=2s");
		// The process starts twice as fast
		return ChildProcess.java(Application.class, List.of("-XX:TieredStopAtLevel=1"), properties)
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Result(int exitCode, String output) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

}
