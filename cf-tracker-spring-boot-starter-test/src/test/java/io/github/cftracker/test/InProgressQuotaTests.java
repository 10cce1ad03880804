package io.github.cftracker.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InProgressQuotaTests extends QuotaTestSupport {

	@Test
	void limitsItemsInProgress() {
		this.builder.inProgressQuota(3, 0);
		start();
		create("/a", "#tag*");
		assertTooManyInProgress("/b", "/c");
		create("/b");
		assertTooManyInProgress("/c");
		this.clock.advance(Duration.ofSeconds(10));
		create(paths(3));
		assertThat(this.cloudFront.billedItems()).isEqualTo(6);
	}

	@Test
	void limitsWildcardsInProgressApartFromItems() {
		start();
		this.cloudFront.inProgressQuota(3, 1);
		create("/a*");
		assertTooManyInProgress("/b*");
		assertTooManyInProgress("/b", "/b*");
		create("/a", "/b", "/c");
		this.cloudFront.completesAfter(Duration.ZERO);
		create("/b*");
	}

	@Test
	void countsWhatWasInProgressBeforeTheQuota() {
		start();
		create(paths(5));
		this.cloudFront.inProgressQuota(5, 1);
		assertTooManyInProgress("/a");
		create("/a*");
		this.cloudFront.inProgressQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);
		create("/a");
	}

	@Test
	void letsWildcardsPassWhileItemsAreOverQuotaThatShrank() {
		start();
		create(paths(5));
		this.cloudFront.inProgressQuota(2, 1);
		create("/a*");
		assertTooManyInProgress("/a");
	}

	@Test
	void alwaysRefusesBatchThatIsLargerThanInProgressQuota() {
		this.builder.inProgressQuota(3, 1);
		start();
		assertTooManyInProgress(paths(4));
		assertTooManyInProgress("/a*", "/b*");
		this.clock.advance(Duration.ofHours(1));
		assertTooManyInProgress("/a*", "/b*");
		create("/a*");
	}

}
