package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageCheckTests {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	@Test
	void answersAreFine() {
		PageCheck check = check(false, false, request(200, 5, 0), request(200, 1505, 1500));
		assertThat(check.failed()).isEmpty();
		assertThat(check.requests()).isEqualTo(2);
		assertThat(check.all().max()).isEqualTo(Duration.ofMillis(5));
	}

	@Test
	void anErrorOfANodeThatIsThereIsAFailure() {
		assertThat(check(false, false, request(500, 5, 0)).failed()).hasSize(1);
		assertThat(check(false, false, request(0, 5, 0)).failed()).hasSize(1);
	}

	@Test
	void whatLostItsNodeIsCountedApart() {
		PageCheck check = check(true, false, request(0, 9000, 0));
		assertThat(check.nodeGone()).isEqualTo(1);
		assertThat(check.failed()).isEmpty();
	}

	@Test
	void pagesOfAnOutageAreCountedApart() {
		assertThat(check(false, false, request(200, 30, 0)).redisDown().count()).isZero();
		PageCheck outage = check(false, true, request(200, 30, 0));
		assertThat(outage.redisDown().count()).isEqualTo(1);
		assertThat(outage.all().count()).isZero();
	}

	private static PageCheck check(boolean nodeDown, boolean redisDown, PageRequest... requests) {
		PageRequest control = new PageRequest("control", "/a", NOON, NOON.plusMillis(4), 200, Duration.ZERO, true);
		return PageCheck.of(Stream.concat(Stream.of(control), Stream.of(requests)).toList(), "control",
				(node, from, to) -> nodeDown, (from, to) -> redisDown);
	}

	private static PageRequest request(int status, int millis, int slept) {
		return new PageRequest("n1", "/a", NOON, NOON.plusMillis(millis), status, Duration.ofMillis(slept), true);
	}

}
