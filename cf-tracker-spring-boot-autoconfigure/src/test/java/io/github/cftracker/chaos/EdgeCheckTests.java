package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.cftracker.test.CachedObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeCheckTests {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private static final Kill KILL = new Kill("n1", NOON, NOON.plusMillis(10), List.of());

	@Test
	void whatIsOfTheLastVersionOrNewerIsFine() {
		EdgeCheck check = check(object("/a", 7, "n1", NOON), object("/b", 8, "n1", NOON));
		assertThat(check.objects()).isEqualTo(2);
		assertThat(check.stale()).isEmpty();
		assertThat(check.lost()).isEmpty();
	}

	@Test
	void whatIsOlderIsStale() {
		EdgeCheck check = check(object("/a", 6, "n2", NOON), object("/b", 7, "n2", NOON));
		assertThat(check.stale()).extracting(CachedObject::target).containsExactly("/a");
		assertThat(check.lost()).isEmpty();
	}

	@Test
	void whatIsNoPageAtAllIsStale() {
		assertThat(check(new CachedObject("/a", 500, Map.of(), NOON)).stale()).hasSize(1);
	}

	@Test
	void whatAKilledNodeStoredShortlyBeforeIsLost() {
		EdgeCheck check = check(object("/a", 6, "n1", NOON.minusMillis(40)), object("/b", 6, "n1", NOON.plusMillis(5)));
		assertThat(check.stale()).isEmpty();
		assertThat(check.lost()).hasSize(2);
		assertThat(check.oldestLost()).isEqualTo(Duration.ofMillis(40));
		assertThat(check.lostInOutages()).isZero();
	}

	@Test
	void whatAKilledNodeStoredLongBeforeOrAfterIsStale() {
		EdgeCheck check = check(object("/a", 6, "n1", NOON.minusMillis(1100)),
				object("/b", 6, "n1", NOON.plusMillis(1100)));
		assertThat(check.stale()).hasSize(2);
	}

	@Test
	void whatAnotherNodeStoredShortlyBeforeIsStale() {
		assertThat(check(object("/a", 6, "n2", NOON.minusMillis(40))).stale()).hasSize(1);
	}

	@Test
	void whatCouldNotBeWrittenBeforeTheKillIsLost() {
		Downtime outage = new Downtime(NOON.minusSeconds(4), NOON.minusSeconds(2));
		EdgeCheck check = EdgeCheck.of(
				List.of(object("/a", 6, "n1", NOON.minusSeconds(4)), object("/b", 6, "n1", NOON.minusMillis(5500))), 7,
				List.of(KILL), List.of(outage));
		assertThat(check.lost()).extracting(CachedObject::target).containsExactly("/a");
		assertThat(check.lostInOutages()).isEqualTo(1);
		assertThat(check.stale()).extracting(CachedObject::target).containsExactly("/b");
	}

	@Test
	void anOutageLongBeforeTheKillExcusesNothing() {
		Downtime outage = new Downtime(NOON.minusSeconds(14), NOON.minusSeconds(13));
		assertThat(
				EdgeCheck.of(List.of(object("/a", 6, "n1", NOON.minusSeconds(13))), 7, List.of(KILL), List.of(outage))
					.stale())
			.hasSize(1);
	}

	private static EdgeCheck check(CachedObject... objects) {
		return EdgeCheck.of(List.of(objects), 7, List.of(KILL), List.of());
	}

	private static CachedObject object(String target, int version, String node, Instant storedAt) {
		return new CachedObject(target, 200,
				Map.of(ChaosNode.VERSION, List.of(Integer.toString(version)), ChaosNode.NODE, List.of(node)), storedAt);
	}

}
