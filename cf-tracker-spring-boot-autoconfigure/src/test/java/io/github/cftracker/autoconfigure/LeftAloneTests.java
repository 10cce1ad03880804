package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.ReadFrom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's own cache, Redis and health stay as they are.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class LeftAloneTests {

	private final String distribution = "E" + UUID.randomUUID().toString().replace("-", "");

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.store=memory", "cf.tracker.redis-url=redis://redis.example.org",
			"cf.tracker.enabled=false", "cf.tracker.distribution-id=" })
	void anApplicationKeepsTheRedisBeansThatItWouldHaveWithoutTheTracker(String property) {
		run(Application.class, (context) -> {
			assertThat(context.getBeansOfType(RedisConnectionFactory.class)).hasSize(1);
			assertThat(context.getBeansOfType(StringRedisTemplate.class)).hasSize(1);
			assertThat(context.getBean(CacheManager.class)).isInstanceOf(RedisCacheManager.class);
		}, property);
	}

	@Test
	void anApplicationKeepsItsTemplatesOnItsOwnServer() {
		try (TestRedis its = TestRedis.start()) {
			run(Application.class, (context) -> {
				context.getBean(StringRedisTemplate.class).opsForValue().set("theirs", "1");
				assertTracks(context);
				assertThat(keys(context)).containsExactly("theirs");
				assertThat(context.getBean(CacheManager.class)).isInstanceOf(RedisCacheManager.class);
			}, "cf.tracker.redis-url=" + TestRedis.shared().url(), "spring.data.redis.port=" + its.port());
		}
	}

	@Test
	void withoutAnUrlTheApplicationsServerIsUsedOnAConnectionOfOurOwn(CapturedOutput output) {
		try (TestRedis its = TestRedis.start("--requirepass", "secret")) {
			run(Application.class, (context) -> {
				assertTracks(context);
				assertThat(keys(context)).anyMatch((key) -> key.contains(this.distribution));
				assertThat(context.getBeansOfType(RedisConnectionFactory.class)).hasSize(1);
				assertThat(output).contains("store redis (own connection to the application's server)");
			}, "spring.data.redis.url=redis://:secret@127.0.0.1:" + its.port(), "spring.data.redis.timeout=50s");
		}
	}

	@Test
	void aHandMadeConnectionFactoryIsUsedAsItIs(CapturedOutput output) {
		run(HandMade.class, (context) -> {
			assertTracks(context);
			assertThat(output).contains("store redis (the application's connection factory)")
				.doesNotContain("reads from replicas");
		});
	}

	@Test
	void aHandMadeConnectionFactoryThatReadsFromReplicasIsPointedOut(CapturedOutput output) {
		run(ReadsFromReplicas.class, (context) -> assertThat(output).contains("reads from replicas",
				"Set 'cf.tracker.redis-url' to the primary"));
	}

	@Test
	void startsWhileRedisIsDown() {
		run(Application.class, (context) -> {
			HealthEndpoint health = context.getBean(HealthEndpoint.class);
			assertThat(health.healthForPath("cfTracker").getStatus()).isEqualTo(Status.UNKNOWN);
		}, "cf.tracker.redis-url=redis://127.0.0.1:" + TestRedis.freePort());
	}

	private static Set<String> keys(ConfigurableApplicationContext context) {
		return context.getBean(StringRedisTemplate.class).keys("*");
	}

	private static void assertTracks(ConfigurableApplicationContext context) {
		UrlStore store = context.getBean(UrlStore.class);
		store.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
		assertThat(store.count()).isEqualTo(1);
	}

	private void run(Class<?> application, Consumer<ConfigurableApplicationContext> action, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
			.web(WebApplicationType.NONE)
			.properties("cf.tracker.distribution-id=" + this.distribution)
			.properties(properties)
			.run()) {
			action.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableCaching
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class HandMade {

		@Bean
		LettuceConnectionFactory ownFactory() {
			return new LettuceConnectionFactory("127.0.0.1", TestRedis.shared().port());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ReadsFromReplicas {

		@Bean
		LettuceConnectionFactory ownFactory() {
			return new LettuceConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", TestRedis.shared().port()),
					LettuceClientConfiguration.builder().readFrom(ReadFrom.REPLICA_PREFERRED).build());
		}

	}

}
