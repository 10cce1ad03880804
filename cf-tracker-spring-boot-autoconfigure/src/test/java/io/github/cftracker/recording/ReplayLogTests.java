package io.github.cftracker.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.cftracker.CacheTag;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayLogTests {

	private static final long HOUR = 3_600_000;

	private final ReplayLog recent = new ReplayLog(3);

	@Test
	void onlyWhatWasWrittenLaterIsTaken() {
		add("/a", 1, 0);
		add("/b", 2, 10);
		add("/c", 3, 20);
		assertThat(this.recent.takeAfter(1)).containsOnlyKeys("/b", "/c");
		assertThat(this.recent.takeAfter(0)).containsOnlyKeys("/a");
		assertThat(this.recent.takeAfter(0)).isEmpty();
	}

	@Test
	void whatIsOlderThanHalfAMinuteIsForgottenWithTheNextWrite() {
		add("/a", 1, 0);
		add("/b", 2, 31_000);
		add("/c", 3, 31_001);
		assertThat(this.recent.takeAfter(0)).containsOnlyKeys("/b", "/c");
	}

	@Test
	void theOldestGoesFirstWhereThereAreTooMany() {
		add("/a", 1, 0);
		add("/b", 2, 1000);
		add("/c", 3, 2000);
		add("/d", 4, 3000);
		assertThat(this.recent.takeAfter(0)).containsOnlyKeys("/b", "/c", "/d");
	}

	@Test
	void aHotPathTakesOnePlaceInASecond() {
		add("/a", 1, 0);
		for (int i = 2; i < 100; i++) {
			add("/hot", i, i);
		}
		assertThat(this.recent.takeAfter(0)).containsOnlyKeys("/a", "/hot");
	}

	@Test
	void theOldestStartOfWhatIsForgottenCounts() {
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR, 5, null, Set.of()))), 1, 10);
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR, 2005, null, Set.of()))), 2, 2010);
		assertThat(this.recent.takeAfter(1).get("/a").startedAt()).isEqualTo(2005);
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR, 2005, null, Set.of()))), 3, 2010);
		assertThat(this.recent.takeAfter(0).get("/a").startedAt()).isEqualTo(5);
	}

	@Test
	void whatNoResponseBeganBeganWhenItWasWritten() {
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR))), 1, 10);
		assertThat(this.recent.takeAfter(0).get("/a").startedAt()).isEqualTo(10);
	}

	@Test
	void nothingIsRemovedOrLivesShorter() {
		this.recent.add(List.of(new Pending("/gone", PendingChange.untrack()),
				new Pending("/short", PendingChange.expire(100))), 1, 10);
		Map<String, PendingChange> again = this.recent.takeAfter(0);
		assertThat(again).containsOnlyKeys("/short");
		assertThat(again.get("/short").tracks()).isTrue();
		assertThat(again.get("/short").expires()).isFalse();
		assertThat(again.get("/short").trackUntil()).isEqualTo(100);
	}

	@Test
	void whatIsForgottenKeepsItsRouteAndTags() {
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR, 5, "/{id}", Set.of("a")))), 1, 10);
		this.recent.add(List.of(new Pending("/a", PendingChange.track(HOUR, 2005, null, Set.of("b")))), 2, 2010);
		PendingChange again = this.recent.takeAfter(0).get("/a");
		assertThat(again.route()).isEqualTo("/{id}");
		assertThat(again.tags()).containsExactlyInAnyOrder("a", "b", CacheTag.UNSENT);
	}

	/**
	 * Beside a map that keeps what was written in objects.
	 */
	@RepeatedTest(10)
	void takesWhatWasWrittenWhateverItWas() {
		Random random = new Random();
		ReplayLog changes = new ReplayLog(1_000_000);
		List<List<Pending>> writes = new ArrayList<>();
		for (int write = 1; write <= 200; write++) {
			List<Pending> written = new ArrayList<>();
			for (int i = 0; i < random.nextInt(40); i++) {
				written
					.add(new Pending("/" + "p\u00e9".repeat(random.nextInt(4)) + random.nextInt(300), change(random)));
			}
			writes.add(written);
			changes.add(written, write, 50L * write);
			if (write % 50 == 0) {
				long kept = write - random.nextInt(50);
				assertThat(described(changes.takeAfter(kept))).isEqualTo(described(again(writes, kept)));
				changes.takeAfter(0);
				writes.replaceAll((all) -> List.of());
			}
		}
	}

	private static PendingChange change(Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> PendingChange.untrack();
			case 1 -> PendingChange.expire(HOUR + random.nextInt(100));
			default -> PendingChange.track(HOUR + random.nextInt(100), random.nextInt(10_000),
					(random.nextInt(3) == 0) ? null : "/r" + random.nextInt(3),
					(random.nextInt(3) == 0) ? Set.of("t" + random.nextInt(3)) : Set.of());
		};
	}

	/**
	 * What was written after a write. Slices of a second make no difference, except that
	 * a path of which some in one was kept and some was not is written again whole.
	 */
	private static Map<String, PendingChange> again(List<List<Pending>> writes, long kept) {
		Map<String, TreeMap<Integer, PendingChange>> bySlice = new TreeMap<>();
		Map<String, Map<Integer, Long>> firsts = new TreeMap<>();
		Map<String, Map<Integer, Long>> lasts = new TreeMap<>();
		int slice = 0;
		long since = -1;
		for (int write = 1; write <= writes.size(); write++) {
			long now = 50L * write;
			if (since == -1 || now - since >= 1000) {
				slice++;
				since = now;
			}
			for (Pending pending : writes.get(write - 1)) {
				bySlice.computeIfAbsent(pending.path(), (path) -> new TreeMap<>())
					.merge(slice, pending.change(), PendingChange::then);
				firsts.computeIfAbsent(pending.path(), (path) -> new TreeMap<>()).putIfAbsent(slice, now);
				lasts.computeIfAbsent(pending.path(), (path) -> new TreeMap<>()).put(slice, (long) write);
			}
		}
		Map<String, PendingChange> again = new TreeMap<>();
		bySlice.forEach((path, changes) -> {
			PendingChange lost = null;
			Long first = null;
			for (Map.Entry<Integer, PendingChange> change : changes.entrySet()) {
				if (lasts.get(path).get(change.getKey()) > kept) {
					lost = (lost != null) ? lost.then(change.getValue()) : change.getValue();
					first = (first != null) ? first : firsts.get(path).get(change.getKey());
				}
			}
			PendingChange change = (lost != null) ? lost.again(first) : null;
			if (change != null) {
				again.put(path, change);
			}
		});
		return again;
	}

	private static Map<String, String> described(Map<String, PendingChange> changes) {
		Map<String, String> described = new TreeMap<>();
		changes.forEach((path, change) -> described.put(path, "%s %s %s %s %s".formatted(change.trackUntil(),
				change.expireAt(), change.startedAt(), change.route(), new TreeSet<>(change.tags()))));
		return described;
	}

	private void add(String path, long number, long now) {
		this.recent.add(List.of(new Pending(path, PendingChange.track(HOUR))), number, now);
	}

}
