package io.github.cftracker.tracking;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.tracking.PendingWriter.Pending;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentChangesTests {

	private static final long HOUR = 3_600_000;

	private final RecentChanges recent = new RecentChanges(3);

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

	private void add(String path, long number, long now) {
		this.recent.add(List.of(new Pending(path, PendingChange.track(HOUR))), number, now);
	}

}
