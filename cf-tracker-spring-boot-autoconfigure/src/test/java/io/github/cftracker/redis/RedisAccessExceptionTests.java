package io.github.cftracker.redis;

import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisAccessExceptionTests {

	@Test
	void hasTheInnermostMessage() {
		RuntimeException ex = new IllegalStateException("outer", new IllegalArgumentException("inner"));
		assertThat(RedisAccessException.of(ex, "")).hasMessage("inner").hasCause(ex);
	}

	@Test
	void hasTheAddressThatDoesNotAnswer() {
		RedisURI nowhere = RedisURI.create("redis://127.0.0.1:1");
		RedisClient client = RedisClient.create(nowhere);
		try {
			assertThatExceptionOfType(RedisConnectionException.class).isThrownBy(client::connect)
				.satisfies((ex) -> assertThat(RedisAccessException.of(ex, "")).hasMessageContaining("127.0.0.1:1"));
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		}
	}

	@Test
	void hasTheMessageOfAnInterruptedCommand() {
		assertThat(RedisAccessException.of(new RedisCommandInterruptedException(new InterruptedException()), ""))
			.hasMessage("Command interrupted");
	}

	@Test
	void namesTheExceptionIfThereIsNoMessage() {
		assertThat(RedisAccessException.of(new IllegalStateException(), "")).hasMessage("IllegalStateException");
		assertThat(RedisAccessException.of(new IllegalStateException(null, new InterruptedException()), ""))
			.hasMessage("InterruptedException");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOPERM User tracker has no permissions to run the 'info' command",
			"NOPERM this user has no permissions to run the 'eval' command. channel: [id: 0x1] command: (EVAL)",
			"FENCED", "ERR max number of clients reached" })
	void recognizesErrorsOfTheServerOfAnyClient(String message) {
		assertThat(RedisAccessException.of(new IllegalStateException(new IllegalStateException(message)), ""))
			.matches(RedisAccessException::isRefused);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSL handshake failed", "PKIX path building failed", "ERROR",
			"Command execution timeout for command: (EVAL)" })
	void doesNotTakeOtherErrorsForThoseOfTheServer(String message) {
		assertThat(RedisAccessException.of(new IllegalStateException(message), "").isRefused()).isFalse();
	}

	@Test
	void takesEveryErrorThatLettuceGotForOneOfTheServer() {
		assertThat(RedisAccessException.of(new RedisCommandExecutionException("SOMETHING new"), "").isRefused())
			.isTrue();
	}

}
