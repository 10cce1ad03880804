package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestLink;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.data.redis.core.RedisCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A managed service moves its name to the new master, and leaves the connections to the
 * old one open.
 */
@Tag("full")
class DemotedMasterTests {

	private static final Duration SECONDS = Duration.ofSeconds(30);

	private final TestRedis old = TestRedis.start();

	private final TestRedis next = TestRedis.start();

	private final TestLink name = TestLink.to(this.old);

	private final TrackerRedisConnection redis = TrackerRedisConnection
		.to(RedisURI.create("127.0.0.1", this.name.port()), Duration.ofSeconds(1));

	private final RedisUrlStore store = RedisStores.create(this.redis,
			new RedisKeys("test", UUID.randomUUID().toString()));

	@BeforeEach
	void write() {
		track();
	}

	@AfterEach
	void stop() {
		this.redis.destroy();
		this.name.close();
		this.old.close();
		this.next.close();
	}

	@Test
	void aConnectionToAReadOnlyServerIsLeft() {
		demote();
		this.name.leadNewOnes(this.next);
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track)
			.withMessageStartingWith("Redis refused: ")
			.withMessageContaining("READONLY");
		awaitWrite();
	}

	@Test
	void aConnectionToAServerThatHangsIsLeft() {
		this.old.pause();
		this.name.leadNewOnes(this.next);
		awaitWrite();
	}

	@Test
	@Timeout(120)
	void aServerThatStaysReadOnlyIsNotFloodedWithConnections() {
		demote();
		int before = this.name.connections();
		long start = System.nanoTime();
		int refused = 0;
		while (refused < 100 || this.name.connections() - before < 2) {
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track);
			refused++;
		}
		// No more than one each second
		long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
		assertThat(this.name.connections() - before).isLessThanOrEqualTo((int) seconds + 2);
	}

	@Test
	void whoeverWritesMeanwhileIsToldThatTheStoreIsUnavailable() {
		AtomicBoolean stopped = new AtomicBoolean();
		List<CompletableFuture<Void>> writers = Stream
			.generate(() -> CompletableFuture.runAsync(() -> writeUntil(stopped), NewThread.EACH))
			.limit(4)
			.toList();
		demote();
		this.name.leadNewOnes(this.next);
		awaitWrite();
		stopped.set(true);
		assertThat(writers).allSatisfy((writer) -> assertThat(writer).succeedsWithin(SECONDS));
	}

	private void writeUntil(AtomicBoolean stopped) {
		while (!stopped.get()) {
			try {
				track();
			}
			catch (StoreUnavailableException ex) {
				// What it is for
			}
		}
	}

	private void demote() {
		RedisTemplates.<Void>on(this.old.port(), (template) -> template.execute((RedisCallback<Void>) (connection) -> {
			connection.serverCommands().replicaOf("127.0.0.1", this.next.port());
			return null;
		}));
	}

	private void awaitWrite() {
		Awaitility.await()
			.atMost(SECONDS)
			.ignoreExceptionsInstanceOf(StoreUnavailableException.class)
			.untilAsserted(this::track);
	}

	private void track() {
		this.store.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
	}

}
