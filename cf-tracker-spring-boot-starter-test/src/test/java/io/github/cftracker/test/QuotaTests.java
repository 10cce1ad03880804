package io.github.cftracker.test;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QuotaTests extends QuotaTestSupport {

	@Test
	void hasNoQuotasByDefault() {
		start();
		for (int i = 0; i < 10; i++) {
			create(paths(3_000));
		}
		create(IntStream.range(0, 100).mapToObj((i) -> "/" + i + "*").toArray(String[]::new));
	}

	@Test
	void replaysKnownBatchForNothing() {
		this.builder.inProgressQuota(2, 0).perSecondQuota(2, 1);
		start();
		String id = createAs("known", "/a", "/b");
		assertThat(createAs("known", "/a", "/b")).isEqualTo(id);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(createAs("known", "/a", "/b")).isEqualTo(id);
		create("/a", "/b");
		assertThat(this.cloudFront.billedItems()).isEqualTo(4);
	}

	@Test
	void startsAfreshOnClear() {
		this.builder.inProgressQuota(2, 1).perSecondQuota(2, 1);
		start();
		create("/a", "/b", "/c*");
		this.cloudFront.clear();
		create("/a", "/b", "/c*");
		assertTooManyInProgress("/a");
	}

	@Test
	void refusesQuotasOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.inProgressQuota(-1, 0))
			.withMessage("Invalid quota of '-1' items and '0' wildcards, use 0 or more");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.perSecondQuota(150, 0))
			.withMessage("Invalid quota of '150' items and '0' wildcards, use 1 or more");
	}

}
