package io.github.cftracker.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.Flusher;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.TestRecorder;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestFailover;
import io.github.cftracker.testing.TestLink;
import io.github.cftracker.tracking.LifetimePolicy;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real master whose replica lags behind when it takes over.
 */
@Tag("full")
class ReplayTests {

	private final TestFailover failover = new TestFailover();

	private final TestLink link = TestLink.to(this.failover.master());

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final Node node = new Node();

	private final Node other = new Node();

	private final TrackerRedisConnection onReplica = connect(this.failover.replica().url());

	private static TrackerRedisConnection connect(String url) {
		return TrackerRedisConnection.to(RedisURI.create(url), Duration.ofSeconds(5));
	}

	@AfterEach
	void close() {
		this.node.close();
		this.other.close();
		this.onReplica.destroy();
		this.link.close();
		this.failover.close();
	}

	@Test
	void whatTheNewMasterNeverHadIsWrittenAgain() {
		this.node.track("/before");
		this.failover.cutReplication();
		this.node.track("/a");
		this.node.track("/b");
		this.other.track("/c");
		this.failover.failOver(this.link);
		this.node.track("/after");
		this.node.awaitTracked("/before", "/a", "/b", "/c", "/after");
		assertThat(this.node.recorder.replayed()).isEqualTo(2);
	}

	@Test
	void anIdleNodeNoticesAllTheSame() {
		this.failover.cutReplication();
		this.node.track("/a");
		this.failover.failOver(this.link);
		this.node.awaitTracked("/a");
	}

	@Test
	void whatTheNewMasterHadIsNotWrittenAgain() {
		this.node.track("/a", "/b");
		this.failover.awaitReplication();
		this.node.store.claim("run", Selection.ofEverything()).forget(List.of("/a", "/b"));
		this.failover.awaitReplication();
		this.failover.failOver(this.link);
		this.node.track("/c");
		this.node.awaitTracked("/c");
		assertThat(this.node.recorder.replayed()).isZero();
	}

	@Test
	void aServerThatComesBackEmptyGetsEverything() {
		this.node.track("/a");
		this.node.track("/b");
		this.failover.master().kill();
		this.failover.master().restart();
		this.link.lead(this.failover.master());
		this.node.awaitTracked("/a", "/b");
	}

	@Test
	void whatWasUntrackedStaysSo() {
		this.failover.awaitReplication();
		this.failover.cutReplication();
		this.node.track("/a", "/b");
		this.node.recorder.untrack("/a");
		this.node.awaitFlush();
		this.failover.failOver(this.link);
		this.node.awaitTracked("/b");
	}

	@Test
	void nothingOfAnotherNodeIsTakenBack() {
		this.node.track("/gone", "/short");
		this.failover.awaitReplication();
		this.failover.cutReplication();
		this.node.recorder.untrack("/gone");
		this.node.recorder.expire("/short", Duration.ofMinutes(1));
		this.node.awaitFlush();
		this.failover.failOver(this.link);
		this.other.track("/gone", "/short");
		this.node.awaitTracked("/gone", "/short");
		assertThat(this.node.store.scan("/short", 1))
			.allSatisfy((path) -> assertThat(path.expiresAt()).isAfter(Instant.now().plus(Duration.ofMinutes(30))));
	}

	@Test
	void theAgeOfAResponseCountsFromItsStart() {
		this.failover.cutReplication();
		this.node.track("/a");
		this.node.flusher.stop();
		this.failover.failOver(this.link);
		// A run is accepted before the node notices
		int replica = this.failover.replica().port();
		long now = new RedisScripts(this.onReplica.connection()).number(RedisScripts.NOW, List.of(this.keys.paths()));
		RedisTemplates.on(replica, (template) -> template.opsForZSet().add(this.keys.accepted(), "run", now + 1));
		this.node.flusher.start();
		this.node.awaitTracked("/a");
		assertThat(
				RedisTemplates.<Double>on(replica, (template) -> template.opsForZSet().score(this.keys.late(), "/a")))
			.isLessThan(now);
	}

	@Test
	void manyPathsAreWrittenAgain() {
		this.failover.awaitReplication();
		this.failover.cutReplication();
		IntStream.range(0, 2500).forEach((i) -> this.node.recorder.track("/" + i, Duration.ofHours(1)));
		this.node.awaitFlush();
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> this.node.store.count() == 2500);
	}

	@Test
	void aNodeThatGoesBackAndForthLosesNothing() {
		this.failover.awaitReplication();
		this.failover.cutReplication();
		this.node.track("/old");
		this.failover.promote();
		this.link.lead(this.failover.replica());
		this.node.track("/new");
		this.node.awaitTracked("/old", "/new");
		this.link.lead(this.failover.master());
		this.node.track("/old-again");
		this.node.awaitTracked("/old", "/new", "/old-again");
		this.link.lead(this.failover.replica());
		this.node.awaitTracked("/old", "/new", "/old-again");
	}

	@Test
	void whoeverElseWritesDoesNotSwallowTheLoss() {
		this.failover.awaitReplication();
		this.node.flusher.stop();
		this.failover.cutReplication();
		this.node.recorder.track("/a", Duration.ofHours(1));
		this.node.recorder.flush();
		this.failover.failOver(this.link);
		// Such as the endpoint
		Awaitility.await().ignoreExceptions().until(() -> {
			this.node.store.untrack(List.of("/other"));
			return true;
		});
		this.node.flusher.start();
		this.node.awaitTracked("/a");
	}

	private final class Node {

		private final TrackerRedisConnection redis = connect(ReplayTests.this.link.url());

		private final RedisUrlStore store = RedisStores.create(this.redis, ReplayTests.this.keys);

		private final PathRecorder recorder = TestRecorder.of(this.store,
				new LifetimePolicy(LifetimePolicy.Mode.FIXED, Duration.ofHours(1),
						new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)), Duration.ZERO,
						Clock.systemUTC()),
				100_000);

		private final Flusher flusher = new Flusher(this.recorder, this.store, Duration.ofMillis(20),
				new DistributionDoctor());

		private Node() {
			this.flusher.start();
		}

		private void track(String... paths) {
			for (String path : paths) {
				this.recorder.track(path, Duration.ofHours(1));
			}
			awaitFlush();
		}

		private void awaitFlush() {
			Awaitility.await().until(() -> this.recorder.pending() == 0);
		}

		private void awaitTracked(String... paths) {
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(tracked()).containsExactlyInAnyOrder(paths));
		}

		private List<String> tracked() {
			return this.store.scan("", 10).stream().map(TrackedPath::path).toList();
		}

		private void close() {
			this.flusher.stop();
			this.redis.destroy();
		}

	}

}
