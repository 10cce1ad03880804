package io.github.cftracker.run;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

	@Test
	void doublesBetweenHalfAndAllUpToTheLongest() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.backoff.afterAttempt(1)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
			assertThat(this.backoff.afterAttempt(2)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
			assertThat(this.backoff.afterAttempt(6)).isBetween(Duration.ofSeconds(450), Duration.ofMinutes(15));
			assertThat(this.backoff.afterAttempt(1000)).isBetween(Duration.ofSeconds(450), Duration.ofMinutes(15));
		}
	}

	@Test
	void doesNotComeBackAllAtOnce() {
		assertThat(IntStream.range(0, 100).mapToObj((i) -> this.backoff.afterAttempt(3)).distinct().count())
			.isGreaterThan(50);
	}

}
