package com.example.redis;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application keeps its Redis beans, its keys and its sessions, however it configures
 * Redis and whatever the starter does.
 */
class OwnRedisTests {

	private static final LocalRedis its = new LocalRedis();

	private static final LocalRedis replica = LocalRedis.replicaOf(its);

	private static final String PASSWORD = "secret";

	private static final LocalRedis secured = LocalRedis.requiring(PASSWORD);

	private static final LocalRedis trackers = new LocalRedis();

	private static final LocalCloudFront cloudFront = LocalCloudFront.start();

	private static final Map<Redis, Map<String, String>> withoutTheTracker = new TreeMap<>();

	@AfterAll
	static void close() {
		cloudFront.close();
		replica.close();
		its.close();
		secured.close();
		trackers.close();
	}

	static Stream<Arguments> combinations() {
		return Stream.of(Redis.values())
			.flatMap((redis) -> Stream.of(Tracker.values()).map((tracker) -> Arguments.of(redis, tracker)))
			// A server on the default port may belong to another application
			.filter((combination) -> !Arrays.asList(combination.get())
				.equals(Arrays.asList(Redis.NO_PROPERTY, Tracker.REDIS_OF_THE_APPLICATION)));
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void theApplicationKeepsItsRedis(Redis redis, Tracker tracker) throws Exception {
		Map<String, String> expected = withoutTheTracker.computeIfAbsent(redis, OwnRedisTests::beansWithoutTheTracker);
		serverOf(redis).drain();
		trackers.drain();
		cloudFront.clear();
		try (ConfigurableApplicationContext context = start(redis, tracker.property())) {
			assertThat(redisBeans(context)).isEqualTo(expected);
			assertConnects(redis, context);
			assertThat(get(context, "/page")).isEqualTo("page");
			if (redis.isReachable()) {
				assertThat(get(context, "/visits")).isEqualTo("visit 1");
				assertThat(get(context, "/visits")).isEqualTo("visit 2");
			}
			boolean tracks = tracker.isActive() && (redis.isReachable() || tracker != Tracker.REDIS_OF_THE_APPLICATION);
			if (tracks) {
				UrlStore store = context.getBean(UrlStore.class);
				Awaitility.await().untilAsserted(() -> assertThat(store.count()).isPositive());
				context.getBean(CloudFrontInvalidator.class).invalidateAll();
				Awaitility.await()
					.untilAsserted(() -> assertThat(cloudFront.invalidations()).flatExtracting(Invalidation::paths)
						.contains("/page"));
			}
			assertKeys(redis, tracker);
		}
	}

	private static void assertKeys(Redis redis, Tracker tracker) {
		Set<String> itsKeys = serverOf(redis).drain();
		assertThat(itsKeys.contains("visits")).isEqualTo(redis.isReachable());
		assertThat(itsKeys.stream().anyMatch((key) -> key.startsWith("spring:session:")))
			.isEqualTo(redis.isReachable());
		assertThat(itsKeys.stream().anyMatch(OwnRedisTests::isOfTheTracker))
			.isEqualTo(redis.isReachable() && tracker == Tracker.REDIS_OF_THE_APPLICATION);
		assertThat(trackers.drain().stream().anyMatch(OwnRedisTests::isOfTheTracker))
			.isEqualTo(tracker == Tracker.OWN_REDIS);
	}

	private static boolean isOfTheTracker(String key) {
		return key.contains(cloudFront.distributionId());
	}

	private static LocalRedis serverOf(Redis redis) {
		return (redis == Redis.PASSWORD) ? secured : its;
	}

	private static void assertConnects(Redis redis, ConfigurableApplicationContext context) {
		RedisConnectionFactory connectionFactory = context.getBean(RedisConnectionFactory.class);
		if (redis == Redis.JEDIS) {
			assertThat(connectionFactory).isInstanceOfSatisfying(JedisConnectionFactory.class,
					(factory) -> assertThat(factory.getPort()).isEqualTo(its.port()));
			return;
		}
		LettuceConnectionFactory factory = (LettuceConnectionFactory) connectionFactory;
		assertThat(factory.getSentinelConfiguration() != null).isEqualTo(redis == Redis.SENTINEL);
		assertThat(factory.getClusterConfiguration() != null).isEqualTo(redis == Redis.CLUSTER);
		if (redis == Redis.NO_PROPERTY) {
			assertThat(factory.getHostName() + ":" + factory.getPort()).isEqualTo("localhost:6379");
		}
		else if (redis.isReachable() && redis != Redis.MASTER_REPLICA) {
			assertThat(factory.getPort()).isEqualTo(serverOf(redis).port());
		}
	}

	@Test
	void thereAreRedisBeansToKeep() {
		assertThat(beansWithoutTheTracker(Redis.URL)).containsKeys("redisConnectionFactory", "stringRedisTemplate",
				"redisTemplate", "sessionRepository");
	}

	private static Map<String, String> beansWithoutTheTracker(Redis redis) {
		String ours = String.join(",",
				ImportCandidates.load(AutoConfiguration.class, null)
					.getCandidates()
					.stream()
					.filter((name) -> name.startsWith("io.github.cftracker."))
					.toList());
		try (ConfigurableApplicationContext context = start(redis, "spring.autoconfigure.exclude=" + ours)) {
			return redisBeans(context);
		}
	}

	private static Map<String, String> redisBeans(ConfigurableApplicationContext context) {
		Map<String, String> beans = new TreeMap<>();
		for (String name : context.getBeanDefinitionNames()) {
			String type = String.valueOf(context.getType(name)).replaceFirst("\\$\\$.*", "");
			if (!type.contains("io.github.cftracker.")
					&& (type + name).matches("(?s).*([Rr]edis|[Ss]ession|lettuce).*")) {
				beans.put(name, type);
			}
		}
		return beans;
	}

	private static String get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
		HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private static ConfigurableApplicationContext start(Redis redis, String property) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("server.port", "0");
		properties.put("its.port", Integer.toString(its.port()));
		properties.put("unused.port", Integer.toString(LocalRedis.freePort()));
		properties.put("replica.port", Integer.toString(replica.port()));
		properties.put("secured.port", Integer.toString(secured.port()));
		properties.put("secured.password", PASSWORD);
		properties.put("tracker.url", trackers.url());
		properties.put("cf.tracker.endpoint", cloudFront.endpoint().toString());
		properties.put("cf.tracker.region", cloudFront.region());
		properties.put("cf.tracker.access-key", cloudFront.accessKey());
		properties.put("cf.tracker.secret-key", cloudFront.secretKey());
		properties.put("cf.tracker.distribution-id", cloudFront.distributionId());
		Stream.concat(redis.properties().stream(), Stream.of(property))
			.forEach((entry) -> properties.put(entry.substring(0, entry.indexOf('=')),
					entry.substring(entry.indexOf('=') + 1)));
		return new SpringApplicationBuilder(RedisApplication.class, redis.configuration()).run(properties.entrySet()
			.stream()
			.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new));
	}

}
