package io.github.cftracker.recording;

import java.util.stream.IntStream;

import io.github.cftracker.tracking.PathHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintsTests {

	private final Fingerprints paths = new Fingerprints();

	@Test
	void knowsEachPathOnce() {
		for (int i = 0; i < 10_000; i++) {
			this.paths.add(PathHash.of("/" + i), 10);
			this.paths.add(PathHash.of("/" + i), 10);
		}
		assertThat(this.paths.size()).isEqualTo(10_000);
		assertThat(IntStream.range(0, 10_000).allMatch((i) -> this.paths.renew(PathHash.of("/" + i), 10))).isTrue();
		assertThat(IntStream.range(10_000, 20_000).noneMatch((i) -> this.paths.renew(PathHash.of("/" + i), 10)))
			.isTrue();
	}

	@Test
	void forgetsWhatHasExpiredUnlessItWasRenewed() {
		this.paths.add(PathHash.of("/a"), 10);
		this.paths.add(PathHash.of("/b"), 10);
		this.paths.add(PathHash.of("/c"), 20);
		this.paths.renew(PathHash.of("/b"), 15);
		this.paths.renew(PathHash.of("/c"), 5);
		this.paths.removeExpired(10);
		assertThat(this.paths.size()).isEqualTo(2);
		assertThat(this.paths.renew(PathHash.of("/a"), 30)).isFalse();
		this.paths.removeExpired(15);
		assertThat(this.paths.renew(PathHash.of("/c"), 20)).isTrue();
		assertThat(this.paths.size()).isOne();
	}

	@Test
	void tellsApartWhatDiffersByOneCharacter() {
		assertThat(IntStream.range(0, 100_000).mapToLong((i) -> PathHash.of("/search?q=" + i)).distinct().count())
			.isEqualTo(100_000);
	}

}
