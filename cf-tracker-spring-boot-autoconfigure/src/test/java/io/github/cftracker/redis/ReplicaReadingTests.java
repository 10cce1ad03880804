package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.Step;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.ReadFrom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose connection factory reads from a replica, which has stopped.
 */
@Tag("full")
class ReplicaReadingTests {

	private final TestRedis master = TestRedis.start();

	private final TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(this.master.port()));

	private final LettuceConnectionFactory factory = factory();

	private final StringRedisTemplate template = new StringRedisTemplate(this.factory);

	@BeforeEach
	void stopReplica() {
		this.factory.start();
		Awaitility.await().ignoreExceptions().until(() -> {
			this.template.opsForValue().set("written", "1");
			return this.template.opsForValue().get("written") != null;
		});
		this.replica.pause();
	}

	@AfterEach
	void close() {
		this.replica.resume();
		this.factory.destroy();
		this.replica.close();
		this.master.close();
	}

	@Test
	void readsWhatItHasWrittenFromMaster() {
		assertThatExceptionOfType(QueryTimeoutException.class)
			.isThrownBy(() -> this.template.opsForValue().get("written"));
		TrackerRedisConnection redis = ApplicationRedis.using(this.factory);
		RedisKeys keys = new RedisKeys("test", "E1");
		RedisUrlStore store = RedisStores.create(redis, keys);
		RedisRunLedger ledger = RedisLedgers.create(redis, keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 5);
		store.track(List.of(new PathLifetime("/a", Duration.ofHours(1), Duration.ZERO, "/{page}", Set.of("shop"))));
		assertThat(store.scan("/", 10)).singleElement().extracting(TrackedPath::route).isEqualTo("/{page}");
		ledger.request("R1", InvalidationRequest.ofEverything());
		Lease lease = Objects.requireNonNull(ledger.acquire());
		Run run = Objects.requireNonNull(lease.next().run());
		lease.apply(new Step.Start(run));
		RunItems items = Claims.claim(lease, run);
		Batch batch = Batch.unsent("ref", 1, 0);
		lease.apply(new Step.Freeze(run.withBatches(List.of(batch)), batch, List.of("/a"), false));
		assertThat(items.frozen(batch)).containsExactly("/a");
		assertThat(ledger.find("R1")).get().satisfies((found) -> assertThat(found.batches()).hasSize(1));
	}

	private LettuceConnectionFactory factory() {
		RedisStaticMasterReplicaConfiguration servers = new RedisStaticMasterReplicaConfiguration("127.0.0.1",
				this.master.port());
		servers.addNode("127.0.0.1", this.replica.port());
		LettuceConnectionFactory factory = new LettuceConnectionFactory(servers,
				LettuceClientConfiguration.builder()
					.readFrom(ReadFrom.REPLICA)
					.commandTimeout(Duration.ofSeconds(2))
					.build());
		factory.afterPropertiesSet();
		return factory;
	}

}
