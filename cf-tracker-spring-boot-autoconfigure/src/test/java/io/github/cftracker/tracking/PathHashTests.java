package io.github.cftracker.tracking;

import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathHashTests {

	private static final int COUNT = 10_000;

	@ParameterizedTest
	@ValueSource(strings = { "/p/", "/products/", "/search?q=", "/a/b/c/item-", "/a/b/c/items-", "/a/b/items-" })
	void spreadsSimilarPathsOverTablesHoweverTheyUseTheBits(String prefix) {
		assertThat(distinct(prefix, (hash) -> hash & 0xFFFF)).isGreaterThan(9000);
		assertThat(distinct(prefix, (hash) -> (hash >>> 32) & 0xFFFF)).isGreaterThan(9000);
		assertThat(distinct(prefix, (hash) -> (hash ^ (hash >>> 32)) & 0xFFFF)).isGreaterThan(9000);
		assertThat(distinct(prefix, (hash) -> hash)).isEqualTo(COUNT);
	}

	/**
	 * Of random numbers with 16 bits, about 9,270 are distinct.
	 */
	private static long distinct(String prefix, LongUnaryOperator bits) {
		return LongStream.range(0, COUNT)
			.map((number) -> bits.applyAsLong(PathHash.of(prefix + number)))
			.distinct()
			.count();
	}

}
