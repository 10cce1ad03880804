package io.github.cftracker.tracking;

import java.time.Duration;

import io.github.cftracker.PathLifetime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KnownLifetimesTests {

	private final KnownLifetimes lifetimes = new KnownLifetimes();

	@Test
	void remembersNothingUntilALifetimeIsAskedFor() {
		this.lifetimes.remember("/a", Duration.ofHours(1));
		assertThat(this.lifetimes.isInUse()).isFalse();
		assertThat(this.lifetimes.of("/a")).isNull();
		assertThat(this.lifetimes.isInUse()).isTrue();
		this.lifetimes.remember("/a", Duration.ofHours(1));
		assertThat(this.lifetimes.of("/a")).isEqualTo(Duration.ofHours(1));
		assertThat(this.lifetimes.of("/b")).isNull();
	}

	@Test
	void remembersTheLongest() {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", Duration.ofHours(1));
		this.lifetimes.remember("/a", Duration.ofDays(30));
		this.lifetimes.remember("/a", Duration.ZERO);
		assertThat(this.lifetimes.of("/a")).isEqualTo(Duration.ofDays(30));
	}

	@Test
	void remembersZero() {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", Duration.ZERO);
		assertThat(this.lifetimes.of("/a")).isZero();
	}

	@Test
	void roundsUpToSeconds() {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", Duration.ofMillis(1));
		assertThat(this.lifetimes.of("/a")).hasSeconds(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { (1L << 25) - 2, (1L << 25) - 1, 1L << 25, 1L << 26, Long.MAX_VALUE })
	void doesNotShortenLongLifetimes(long seconds) {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", Duration.ofSeconds(seconds));
		this.lifetimes.remember("/a", Duration.ofHours(1));
		Duration known = this.lifetimes.of("/a");
		assertThat(known == null || known.toSeconds() == seconds).isTrue();
		assertThat(known == null).isEqualTo(seconds >= (1L << 25) - 1);
	}

	@Test
	void doesNotKnowForever() {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", PathLifetime.FOREVER);
		assertThat(this.lifetimes.of("/a")).isNull();
	}

	/**
	 * Of 300,000 paths at most 65,536 are known. The probability that one of the others
	 * passes for one that is known is about 1 in a million.
	 */
	@Test
	void forgetsPathsThatOthersReplaceAndNeverConfusesThem() {
		this.lifetimes.of("/");
		for (int i = 0; i < 300_000; i++) {
			this.lifetimes.remember("/products/" + i, Duration.ofSeconds(i));
		}
		int known = 0;
		for (int i = 0; i < 300_000; i++) {
			Duration lifetime = this.lifetimes.of("/products/" + i);
			if (lifetime != null) {
				assertThat(lifetime).hasSeconds(i);
				known++;
			}
			assertThat(this.lifetimes.of("/other/" + i)).isNull();
		}
		assertThat(known).isBetween(50_000, 1 << 16);
	}

	@Test
	void forgets() {
		this.lifetimes.of("/a");
		this.lifetimes.remember("/a", Duration.ofHours(1));
		this.lifetimes.forget();
		assertThat(this.lifetimes.isInUse()).isFalse();
		assertThat(this.lifetimes.of("/a")).isNull();
	}

}
