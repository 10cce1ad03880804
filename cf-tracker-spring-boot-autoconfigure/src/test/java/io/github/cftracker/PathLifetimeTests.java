package io.github.cftracker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PathLifetimeTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void hasNoAgeUnlessTold() {
		assertThat(new PathLifetime("/a", HOUR).age()).isZero();
		assertThat(new PathLifetime("/a", HOUR, Duration.ofSeconds(5)).age()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void negativeAgeBecomesZero() {
		assertThat(new PathLifetime("/a", HOUR, Duration.ofNanos(-1)).age()).isZero();
	}

}
