package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.event.Event;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.FastThreadLocal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OwnConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final ClientResources resources = ClientResources.create();

	private LettuceConnectionFactory application;

	@BeforeEach
	void startApplication() {
		ClientOptions options = ClusterClientOptions.builder()
			.protocolVersion(ProtocolVersion.RESP2)
			.autoReconnect(false)
			.socketOptions(SocketOptions.builder().keepAlive(true).build())
			.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder().disableAllAdaptiveRefreshTriggers().build())
			.build();
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.clientResources(this.resources)
			.clientOptions(options)
			.readFrom(ReadFrom.REPLICA_PREFERRED)
			.commandTimeout(Duration.ofMinutes(2))
			.shutdownTimeout(Duration.ZERO)
			.build();
		this.application = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", TestRedis.shared().port()), client);
		this.application.afterPropertiesSet();
	}

	@AfterEach
	void stopApplication() {
		this.application.destroy();
		this.resources.shutdown(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void keepsTheApplicationsOptionsButForWhatMustBeQuickOrRecover() {
		TrackerRedisConnection redis = ApplicationRedis.like(this.application, TIMEOUT);
		ClusterClientOptions options = (ClusterClientOptions) clientOf(redis).getOptions();
		assertThat(options.getConfiguredProtocolVersion()).isEqualTo(ProtocolVersion.RESP2);
		assertThat(options.getSocketOptions().isKeepAlive()).isTrue();
		assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(TIMEOUT);
		assertThat(options.getSslOptions().getHandshakeTimeout()).isEqualTo(TIMEOUT);
		assertThat(options.getTimeoutOptions().isTimeoutCommands()).isTrue();
		assertThat(options.isAutoReconnect()).isTrue();
		assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
		assertThat(options.getTopologyRefreshOptions().isPeriodicRefreshEnabled()).isTrue();
		assertThat(options.getTopologyRefreshOptions().getAdaptiveRefreshTriggers())
			.containsExactlyInAnyOrder(RefreshTrigger.values());
		redis.destroy();
	}

	@Test
	void triesAgainWithinASecondHoweverLongRedisIsGone() {
		for (TrackerRedisConnection redis : List.of(ApplicationRedis.like(this.application, TIMEOUT),
				TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()), TIMEOUT))) {
			ClientResources resources = clientOf(redis).getResources();
			assertThat(resources.reconnectDelay().createDelay(5)).isBetween(Duration.ofMillis(1),
					Duration.ofMillis(300));
			assertThat(resources.reconnectDelay().createDelay(1000)).isEqualTo(Duration.ofSeconds(1));
			redis.destroy();
		}
	}

	@Test
	void missingClassOfTheClientIsAFailureOfTheStore() {
		RedisServers servers = RedisServers.at(List.of(RedisURI.create(TestRedis.shared().url())), TIMEOUT);
		LettuceConnection connection = new LettuceConnection(servers, () -> {
			throw new NoClassDefFoundError("io/netty/channel/IoHandler");
		}, () -> {
			throw new NoClassDefFoundError("io/netty/channel/IoHandler");
		}, TIMEOUT);
		RedisScripts scripts = new RedisScripts(connection);
		assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> scripts.number(RedisScripts.NOW, List.of()))
			.withMessageContaining("Lettuce cannot be used")
			.withMessageContaining("io/netty/channel/IoHandler")
			.withMessageContaining("the versions of Lettuce and Netty that Spring Boot manages");
	}

	@Test
	void leavesTheApplicationsThreadsAlone() {
		TrackerRedisConnection redis = ApplicationRedis.like(this.application, TIMEOUT);
		ping(redis);
		redis.destroy();
		ping(new StringRedisTemplate(this.application));
		assertThat(this.resources.eventExecutorGroup().isShuttingDown()).isFalse();
		this.application.resetConnection();
		ping(new StringRedisTemplate(this.application));
	}

	@Test
	void usesTheApplicationsThreads() {
		ping(new StringRedisTemplate(this.application));
		Set<Thread> before = lettuceThreads();
		TrackerRedisConnection redis = ApplicationRedis.like(this.application, TIMEOUT);
		ping(redis);
		// A pool grows up to its size
		assertThat(lettuceThreads()).hasSizeLessThanOrEqualTo(before.size() + 1);
		redis.destroy();
	}

	@Test
	void endsItsOwnThreadsAtOnce() {
		Set<Thread> before = lettuceThreads();
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()), TIMEOUT);
		ping(redis);
		assertThat(lettuceThreads()).hasSizeGreaterThan(before.size());
		long start = System.nanoTime();
		redis.destroy();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		Awaitility.await().until(() -> before.containsAll(lettuceThreads()));
	}

	@Test
	void leavesNettysThreadLocalsOfTheClosingThreadAlone() {
		FastThreadLocal<String> applications = new FastThreadLocal<>();
		applications.set("value");
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()), TIMEOUT);
		ping(redis);
		redis.destroy();
		assertThat(applications.get()).isEqualTo("value");
		applications.remove();
	}

	@Test
	void publishesNoEventsOnTheApplicationsEventBus() {
		Collection<Event> events = new ConcurrentLinkedQueue<>();
		Disposable subscription = this.resources.eventBus().get().subscribe(events::add);
		TrackerRedisConnection redis = ApplicationRedis.like(this.application, TIMEOUT);
		ping(redis);
		redis.destroy();
		subscription.dispose();
		assertThat(events).isEmpty();
	}

	@Test
	void connectsAgainAfterAConnectThatFailed() {
		TestRedis server = TestRedis.start();
		server.kill();
		try (server) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(server.url()), TIMEOUT);
			assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> ping(redis))
				.withMessageContaining("refused")
				.satisfies((ex) -> assertThat(ex.isRefused()).isFalse());
			server.restart();
			ping(redis);
			redis.destroy();
		}
	}

	@Test
	void aClosedConnectionStaysClosed() {
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()), TIMEOUT);
		ping(redis);
		redis.destroy();
		assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> ping(redis))
			.withMessage("The connection is closed");
	}

	private static void ping(TrackerRedisConnection redis) {
		assertThat(TestCommands.exists(redis, "none")).isFalse();
	}

	private static void ping(StringRedisTemplate template) {
		assertThat(template.hasKey("none")).isFalse();
	}

	private static Set<Thread> lettuceThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("lettuce"))
			.collect(Collectors.toSet());
	}

	static AbstractRedisClient clientOf(TrackerRedisConnection redis) {
		LettuceClient client = (LettuceClient) ReflectionTestUtils.getField(redis.connection(), "client");
		return Objects.requireNonNull(client).client();
	}

}
