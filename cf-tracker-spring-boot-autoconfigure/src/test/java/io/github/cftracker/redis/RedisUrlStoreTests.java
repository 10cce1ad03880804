package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlStoreContractTests;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisUrlStoreTests extends UrlStoreContractTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", ""));

	@Override
	protected UrlStore createStore() {
		return createStore(Duration.ofSeconds(30));
	}

	private UrlStore createStore(Duration lease) {
		return RedisStores.create(redis.own(), this.keys, lease);
	}

	@Test
	void leavesForeignKeysAlone() {
		StringRedisTemplate template = redis.template();
		String foreign = UUID.randomUUID().toString();
		template.opsForValue().set(foreign, "theirs");
		template.opsForValue().set(this.keys.paths() + "-foreign", "theirs");
		track(HOUR, "/a");
		claimAll().forget(List.of("/a"));
		assertThat(template.opsForValue().get(foreign)).isEqualTo("theirs");
		assertThat(template.opsForValue().get(this.keys.paths() + "-foreign")).isEqualTo("theirs");
	}

	@Test
	void aWildcardIsAsLateAsTheOldestOfWhatItReplaces() {
		StringRedisTemplate template = redis.template();
		track(HOUR, "/a/1", "/a/2", "/a/3", "/b");
		template.opsForZSet().add(this.keys.late(), "/a/1", 2000);
		template.opsForZSet().add(this.keys.late(), "/a/2", 1000);
		template.opsForZSet().add(this.keys.late(), "/b", 500);
		this.store.fold(new PathLifetime("/a/*", HOUR), List.of("/a/1", "/a/2", "/a/3"));
		assertThat(template.opsForZSet().rangeWithScores(this.keys.late(), 0, -1))
			.containsExactlyInAnyOrder(TypedTuple.of("/b", 500.0), TypedTuple.of("/a/*", 1000.0));
		template.delete(this.keys.late());
	}

	@Test
	void extendsPathThatIsExtendedAgainAndAgainForHalfAMinute() {
		track(HOUR, "/a", "/b");
		track(HOUR.plusSeconds(5), "/a");
		double extended = expiry("/a") - expiry("/b");
		assertThat(extended).isBetween(35_000.0, 65_000.0);
		track(HOUR.plusSeconds(10), "/a");
		assertThat(expiry("/a") - expiry("/b")).isEqualTo(extended);
		track(HOUR.plusMinutes(10), "/a");
		assertThat(expiry("/a") - expiry("/b")).isBetween(600_000.0, 629_000.0);
	}

	@Test
	void tracksNoPathsWhileOthersHaveTags() {
		this.store.track(List.of(new PathLifetime("/a", HOUR, Duration.ZERO, null, Set.of("tag"))));
		this.store.track(List.of());
		assertThat(this.store.count()).isOne();
	}

	@Test
	void neverExtendsShortLifetimeFurther() {
		track(Duration.ofMinutes(14), "/a", "/b");
		track(Duration.ofMinutes(14).plusMillis(1), "/a");
		assertThat(expiry("/a") - expiry("/b")).isBetween(1.0, 29_000.0);
	}

	@Test
	void responseBeforeAnAcceptedBatchIsLateHoweverLongItsWriteTakes() {
		AtomicReference<Runnable> onTheWay = new AtomicReference<>(() -> {
		});
		UrlStore slow = RedisStores.create(InterceptedConnection.of(redis.own(), () -> onTheWay.getAndSet(() -> {
		}).run()), this.keys, Duration.ofSeconds(30));
		slow.track(List.of(new PathLifetime("/other", HOUR)));
		onTheWay.set(() -> {
			pass(50);
			redis.template().opsForZSet().add(this.keys.accepted(), "R1", System.currentTimeMillis());
			pass(50);
		});
		slow.track(List.of(new PathLifetime("/a", HOUR, Duration.ofMillis(10))));
		assertThat(redis.template().opsForZSet().range(this.keys.late(), 0, -1)).containsExactly("/a");
	}

	private static void pass(long millis) {
		long end = System.currentTimeMillis() + millis;
		while (System.currentTimeMillis() < end) {
			Thread.onSpinWait();
		}
	}

	@Test
	void keepsTrackedAndClaimedWildcardsInASet() {
		track(HOUR, "/a/1", "/a/2", "/b?*", "/c", "/d/*");
		this.store.fold(new PathLifetime("/a/*", HOUR), List.of("/a/1", "/a/2"));
		this.store.removeExpired();
		assertThat(wildcards()).containsExactlyInAnyOrder("/a/*", "/b?*", "/d/*");
		this.store.untrack(List.of("/d/*"));
		Claim claim = claimAll();
		this.store.removeExpired();
		assertThat(wildcards()).containsExactlyInAnyOrder("/a/*", "/b?*");
		claim.forget(List.of("/a/*"));
		claim.close();
		this.store.removeExpired();
		assertThat(wildcards()).containsExactly("/b?*");
	}

	private Set<String> wildcards() {
		return Objects.requireNonNull(redis.template().opsForSet().members(this.keys.wildcards()));
	}

	private double expiry(String path) {
		return Objects.requireNonNull(redis.template().opsForZSet().score(this.keys.paths(), path));
	}

	@Test
	void leavesNothingBehindAfterAClaim() {
		track(HOUR, "/a", "/b");
		Claim claim = claimAll();
		this.store.untrack(List.of("/a"));
		claim.forget(List.of("/a", "/b"));
		claim.close();
		assertThat(redis.template().keys(this.keys.prefix() + ":{" + this.keys.distributionId() + "}*"))
			.filteredOn((key) -> !key.startsWith(this.keys.number("paths", "")))
			.containsExactlyInAnyOrder(this.keys.schema(), this.keys.removed());
	}

	@Test
	void keepsAllKeysInOneClusterSlot() {
		assertThat(List.of(this.keys.paths(), this.keys.schema(), this.keys.claims(), this.keys.claim("x"),
				this.keys.claim("")))
			.allSatisfy((key) -> assertThat(SlotHash.getSlot(key)).isEqualTo(SlotHash.getSlot(this.keys.paths())));
		assertThat(new RedisKeys("cf-tracker", "E123").paths()).isEqualTo("cf-tracker:{E123}:paths");
	}

	@Test
	void expiredPathsLeaveRedis() {
		track(Duration.ofMillis(50), "/a", "/b");
		track(HOUR, "/c");
		Awaitility.await().until(() -> {
			this.store.removeExpired();
			return redis.template().opsForZSet().size(this.keys.paths()) == 1;
		});
	}

	@Test
	void refusesALayoutItDoesNotKnow() {
		redis.template().opsForValue().set(this.keys.schema(), "2");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> track(HOUR, "/a"))
			.withMessageStartingWith("Redis refused: ")
			.withMessageContaining(this.keys.schema() + " is 2")
			.withMessageContaining("writes 1");
	}

	@Test
	void tracksAgainTheClaimOfANodeThatIsGone() {
		UrlStore shortLease = createStore(Duration.ofMillis(200));
		track(HOUR, "/a", "/b");
		Claim abandoned = claimAll();
		abandoned.forget(List.of("/a"));
		assertThat(claimAll().size()).isZero();
		Awaitility.await().until(() -> {
			Claim next = shortLease.claim(UUID.randomUUID().toString(), Selection.ofEverything());
			return next.next(10).stream().map(TrackedPath::path).toList().equals(List.of("/b"));
		});
	}

	@Test
	void keepsClaimWhoseScriptIsSentTwice() {
		track(HOUR, "/a");
		this.store.claim("twice", Selection.ofEverything());
		track(HOUR, "/b");
		Claim claim = this.store.claim("twice", Selection.ofEverything());
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactly("/a");
		assertThat(scan("/")).containsExactly("/b");
	}

	@Test
	void tracksAgainAnAbandonedClaimWithoutARun() {
		UrlStore shortLease = createStore(Duration.ofMillis(200));
		track(HOUR, "/a");
		claimAll();
		Awaitility.await().until(() -> {
			shortLease.removeExpired();
			return shortLease.count() == 1;
		});
	}

	@Test
	void tracksAgainAClaimThatAnOlderVersionLeft() {
		StringRedisTemplate template = redis.template();
		double later = System.currentTimeMillis() + HOUR.toMillis();
		template.opsForZSet().add(this.keys.claims(), "old", 1);
		template.opsForZSet().add(this.keys.claim("old"), "/a", later);
		template.opsForZSet().add(this.keys.claim("old"), "/expired", 1);
		template.opsForZSet().add(this.keys.claim("old"), "/untracked", later);
		template.opsForSet().add(this.keys.untracked("old"), "/untracked");
		this.store.removeExpired();
		assertThat(scan("/")).containsExactly("/a");
		assertThat(template.hasKey(this.keys.claims())).isFalse();
		assertThat(template.hasKey(this.keys.untracked("old"))).isFalse();
	}

	@Test
	void neverEndsAClaimOfARunInTheLedger() {
		StringRedisTemplate template = redis.template();
		template.opsForZSet().add(this.keys.claims(), "run", Double.POSITIVE_INFINITY);
		template.opsForZSet().add(this.keys.claim("run"), "/a", System.currentTimeMillis() + HOUR.toMillis());
		createStore(Duration.ZERO).removeExpired();
		assertThat(this.store.count()).isZero();
		assertThat(template.opsForZSet().size(this.keys.claim("run"))).isOne();
		template.delete(List.of(this.keys.claims(), this.keys.claim("run")));
	}

	@Test
	void findsExpiredPathsAndAbandonedClaimsWithOneScript() {
		try (TestRedis counted = TestRedis.start()) {
			TrackerRedisConnection connection = TrackerRedisConnection.to(RedisURI.create(counted.url()),
					Duration.ofSeconds(5));
			UrlStore idle = RedisStores.create(connection, this.keys);
			idle.removeExpired();
			long before = scripts(connection);
			for (int i = 0; i < 10; i++) {
				idle.removeExpired();
			}
			assertThat(scripts(connection) - before).isEqualTo(10);
			connection.destroy();
		}
	}

	private static long scripts(TrackerRedisConnection connection) {
		RedisScript<String> script = new RedisScript<>("return redis.call('INFO', 'commandstats')", String.class);
		String info = connection.connection().execute(script, List.of("{test}"));
		// The script itself is not counted yet when it asks
		Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(String.valueOf(info));
		return calls.find() ? Long.parseLong(calls.group(1)) : 0;
	}

	@Test
	void aNodeThatLostItsClaimIsTold() {
		UrlStore shortLease = createStore(Duration.ofMillis(200));
		track(HOUR, "/a");
		Claim claim = claimAll();
		Awaitility.await().until(() -> {
			shortLease.removeExpired();
			return shortLease.count() == 1;
		});
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> claim.next(10))
			.withMessageContaining("was not renewed in time");
		claim.close();
		assertThat(scan("/")).containsExactly("/a");
	}

	@Test
	void aClaimThatRedisMadeWithoutAnsweringGoesBackAtOnce() {
		try (TestRedis slow = TestRedis.start()) {
			TrackerRedisConnection connection = TrackerRedisConnection.to(RedisURI.create(slow.url()),
					Duration.ofSeconds(1));
			UrlStore hurried = RedisStores.create(connection, this.keys, Duration.ofHours(1));
			hurried.track(List.of(new PathLifetime("/a", HOUR)));
			slow.pause();
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> hurried.claim("unanswered", Selection.ofEverything()));
			slow.resume();
			Awaitility.await().ignoreExceptions().until(() -> {
				hurried.removeExpired();
				return hurried.count() == 1;
			});
			assertThat(hurried.claim("next", Selection.ofEverything()).next(10)).extracting(TrackedPath::path)
				.containsExactly("/a");
			connection.destroy();
		}
	}

	@Test
	void leavesARenewedClaimToItsNode() {
		UrlStore shortLease = createStore(Duration.ofSeconds(1));
		track(HOUR, "/a");
		Claim claim = claimAll();
		Awaitility.await().during(Duration.ofMillis(1500)).until(() -> {
			claim.renew();
			return shortLease.claim(UUID.randomUUID().toString(), Selection.ofEverything()).size() == 0;
		});
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactly("/a");
	}

	@Test
	void saysThatRedisIsGone() {
		try (TestRedis gone = TestRedis.start()) {
			TrackerRedisConnection connection = TrackerRedisConnection.to(RedisURI.create(gone.url()),
					Duration.ofSeconds(1));
			UrlStore unreachable = RedisStores.create(connection, this.keys);
			unreachable.track(List.of(new PathLifetime("/a", HOUR)));
			gone.kill();
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(unreachable::count)
				.withMessageStartingWith("Redis did not answer");
			gone.restart();
			Awaitility.await().ignoreExceptions().until(() -> unreachable.count() == 0);
			gone.pause();
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(unreachable::count);
			gone.resume();
			Awaitility.await().ignoreExceptions().until(() -> unreachable.count() == 0);
			connection.destroy();
		}
	}

}
