package io.github.cftracker.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.FakeRedis;
import io.github.cftracker.testing.RedisStores;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every error of Redis means that the store is unavailable for now, in Redis' own words.
 */
class RedisErrorTests {

	private final FakeRedis server = new FakeRedis(RedisErrorTests::well);

	private final TrackerRedisConnection redis = TrackerRedisConnection
		.to(RedisURI.create("127.0.0.1", this.server.port()), Duration.ofSeconds(2));

	private final RedisUrlStore store = RedisStores.create(this.redis, new RedisKeys("test", "E123"));

	@AfterEach
	void stop() throws IOException {
		this.redis.destroy();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOADING Redis is loading the dataset in memory",
			"BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
			"CLUSTERDOWN The cluster is down", "CLUSTERDOWN Hash slot not served",
			"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
			"TRYAGAIN Multiple keys request during rehashing of slot", "NOREPLICAS Not enough good replicas to write.",
			"MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist on disk.",
			"OOM command not allowed when used memory > 'maxmemory'.",
			"READONLY You can't write against a read only replica.",
			"ERR Error running script (call to f_1): @user_script:3: @user_script: 3: -READONLY You can't write.",
			"UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
			"EXECABORT Transaction discarded because of previous errors.", "NOAUTH Authentication required.",
			"NOPERM this user has no permissions to run the 'evalsha' command", "ERR max number of clients reached",
			"SOMETHING that Redis has not thought of yet" })
	void anErrorLeavesTheStoreUnavailableForAsLongAsItLasts(String error) {
		track();
		this.server.answer((command) -> command.startsWith("EVAL") ? "-" + error : well(command));
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track)
			.withMessage("Redis refused: " + error);
		this.server.answer(RedisErrorTests::well);
		Awaitility.await().untilAsserted(this::track);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOADING Redis is loading the dataset in memory", "ERR max number of clients reached",
			"WRONGPASS invalid username-password pair or user is disabled.",
			"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'." })
	void anErrorWhileConnectingLeavesTheStoreUnavailableForAsLongAsItLasts(String error) {
		this.server.answer((command) -> "-" + error);
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track)
			.withMessage("Redis refused: " + error);
		this.server.answer(RedisErrorTests::well);
		Awaitility.await().untilAsserted(this::track);
	}

	@ParameterizedTest
	@ValueSource(strings = { "MOVED 866 10.0.0.1:6379", "ASK 866 10.0.0.1:6379" })
	void aNodeOfAClusterThatIsTakenForAServerSaysWhatToSet(String error) {
		this.server.answer((command) -> command.startsWith("EVAL") ? "-" + error : well(command));
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track)
			.withMessageStartingWith("Redis refused: " + error)
			.withMessageContaining("'spring.data.redis.cluster.nodes'")
			.withMessageContaining("'cf.tracker.redis-url'");
	}

	@Test
	void anAnswerThatIsNoneOfRedisLeavesTheStoreUnavailable() {
		this.server.answer((command) -> "HTTP/1.1 400 Bad Request\r\n");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::track);
		this.server.answer(RedisErrorTests::well);
		Awaitility.await().ignoreExceptionsInstanceOf(StoreUnavailableException.class).untilAsserted(this::track);
	}

	private static String well(String command) {
		return switch (command) {
			case "HELLO" -> "-ERR unknown command 'HELLO'";
			case "PING" -> "+PONG";
			// As if it had every write, whatever its number
			case "EVAL", "EVALSHA" -> "*3\r\n:1000000\r\n:0\r\n:0";
			default -> "+OK";
		};
	}

	private void track() {
		this.store.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
	}

}
