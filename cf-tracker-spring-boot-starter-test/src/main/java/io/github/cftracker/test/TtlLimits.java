package io.github.cftracker.test;

import java.time.Duration;

/**
 * The bounds of a cache behavior, and what holds for answers that state nothing.
 */
record TtlLimits(Duration min, Duration defaultTtl, Duration max) {

	static final Duration MAX = Duration.ofDays(365);

	TtlLimits {
		if (min.isNegative() || min.compareTo(defaultTtl) > 0 || defaultTtl.compareTo(max) > 0) {
			throw new IllegalArgumentException("Invalid TTLs '%s', '%s' and '%s', use zero or more in ascending order"
				.formatted(min, defaultTtl, max));
		}
	}

	static TtlLimits of(Duration defaultTtl) {
		Duration positive = defaultTtl.isNegative() ? Duration.ZERO : defaultTtl;
		return new TtlLimits(Duration.ZERO, (positive.compareTo(MAX) < 0) ? positive : MAX, MAX);
	}

	Duration clamp(Duration ttl) {
		return longest(this.min, shortest(ttl, this.max));
	}

	static Duration shortest(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

	static Duration longest(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? second : first;
	}

}
