package io.github.cftracker.recording;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.cftracker.CacheTag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingChangeTests {

	private static final Set<String> NO_TAGS = Set.of();

	@Test
	void trackThenTrackKeepsTheLongerLifetime() {
		assertTracks(PendingChange.track(10).then(PendingChange.track(20)), 20);
		assertTracks(PendingChange.track(20).then(PendingChange.track(10)), 20);
		assertTracks(PendingChange.track(PendingChange.FOREVER).then(PendingChange.track(10)), PendingChange.FOREVER);
	}

	@Test
	void trackThenExpireDoesBoth() {
		assertTracksAndExpires(PendingChange.track(20).then(PendingChange.expire(10)), 20, 10);
	}

	@Test
	void trackThenExpireTwiceSetsTheLast() {
		PendingChange change = PendingChange.track(20).then(PendingChange.expire(30)).then(PendingChange.expire(10));
		assertTracksAndExpires(change, 20, 10);
	}

	@Test
	void expireThenTrackNeverShortens() {
		assertTracksAndExpires(PendingChange.expire(20).then(PendingChange.track(10)), 10, 20);
		assertTracksAndExpires(PendingChange.expire(10).then(PendingChange.track(20)), 20, 20);
		assertTracksAndExpires(PendingChange.expire(10).then(PendingChange.track(PendingChange.FOREVER)),
				PendingChange.FOREVER, PendingChange.FOREVER);
	}

	@Test
	void trackThenExpireThenTrackNeverShortens() {
		PendingChange change = PendingChange.track(30).then(PendingChange.expire(10)).then(PendingChange.track(20));
		assertTracksAndExpires(change, 30, 20);
	}

	@Test
	void expireThenExpireSetsTheLast() {
		PendingChange change = PendingChange.expire(20).then(PendingChange.expire(10));
		assertThat(change.tracks()).isFalse();
		assertThat(change.expireAt()).isEqualTo(10);
	}

	@Test
	void untrackWipesWhatWasBefore() {
		assertUntracks(PendingChange.untrack());
		assertUntracks(PendingChange.track(10).then(PendingChange.untrack()));
		assertUntracks(PendingChange.expire(10).then(PendingChange.untrack()));
		assertUntracks(PendingChange.track(10).then(PendingChange.expire(20)).then(PendingChange.untrack()));
		assertUntracks(PendingChange.untrack().then(PendingChange.untrack()));
	}

	@Test
	void untrackThenTrackTracks() {
		assertTracks(PendingChange.untrack().then(PendingChange.track(10)), 10);
	}

	@Test
	void untrackThenExpireUntracks() {
		assertUntracks(PendingChange.untrack().then(PendingChange.expire(10)));
	}

	@Test
	void ofSeveralResponsesTheOldestStartCounts() {
		assertStarted(PendingChange.track(20, 3, null, NO_TAGS).then(PendingChange.track(30, 8, null, NO_TAGS)), 3);
		assertStarted(PendingChange.track(20, 8, null, NO_TAGS).then(PendingChange.track(30, 3, null, NO_TAGS)), 3);
		assertStarted(PendingChange.track(20, -8, null, NO_TAGS).then(PendingChange.track(30, 3, null, NO_TAGS)), -8);
	}

	@Test
	void aPathTrackedByHandHasNoStart() {
		assertStarted(PendingChange.track(20), PendingChange.NO_RESPONSE);
		assertStarted(PendingChange.track(20).then(PendingChange.track(30)), PendingChange.NO_RESPONSE);
		assertStarted(PendingChange.expire(20), PendingChange.NO_RESPONSE);
		assertStarted(PendingChange.untrack(), PendingChange.NO_RESPONSE);
	}

	@Test
	void trackingByHandLeavesTheStartOfAResponseAlone() {
		assertStarted(PendingChange.track(20, 3, null, NO_TAGS).then(PendingChange.track(30)), 3);
		assertStarted(PendingChange.track(20).then(PendingChange.track(30, 3, null, NO_TAGS)), 3);
	}

	@Test
	void expireLeavesTheStartAlone() {
		assertStarted(PendingChange.track(20, 3, null, NO_TAGS).then(PendingChange.expire(10)), 3);
		assertStarted(PendingChange.expire(10).then(PendingChange.track(20, 3, null, NO_TAGS)), 3);
		assertStarted(PendingChange.track(20, 3, null, NO_TAGS)
			.then(PendingChange.expire(10))
			.then(PendingChange.track(20, 8, null, NO_TAGS)), 3);
	}

	@Test
	void untrackDiscardsTheStart() {
		PendingChange untracked = PendingChange.track(20, 3, null, NO_TAGS).then(PendingChange.untrack());
		assertStarted(untracked, PendingChange.NO_RESPONSE);
		assertStarted(untracked.then(PendingChange.track(20)), PendingChange.NO_RESPONSE);
		assertStarted(untracked.then(PendingChange.track(20, 8, null, NO_TAGS)), 8);
	}

	@Test
	void aPathHasTheTagsOfAllItsResponses() {
		PendingChange change = tagged("a", "b").then(tagged("b", "c"));
		assertThat(change.tags()).containsExactlyInAnyOrder("a", "b", "c", CacheTag.UNSENT);
		assertThat(change.then(tagged()).tags()).hasSize(4);
		assertThat(change.then(PendingChange.track(20)).tags()).hasSize(4);
		assertThat(change.then(PendingChange.expire(20)).tags()).hasSize(4);
		assertThat(change.then(PendingChange.expire(20)).then(tagged("d")).tags()).hasSize(5);
		assertThat(PendingChange.expire(20).then(change).tags()).hasSize(4);
	}

	@Test
	void noTagStandsForResponsesWithDifferentTags() {
		assertThat(tagged("a").then(tagged("a", "b")).tags()).contains(CacheTag.UNSENT);
		assertThat(tagged("a").then(tagged()).tags()).contains(CacheTag.UNSENT);
		assertThat(tagged().then(tagged("a")).tags()).contains(CacheTag.UNSENT);
		assertThat(tagged("a").then(tagged("a", CacheTag.UNSENT)).tags()).contains(CacheTag.UNSENT);
		assertThat(tagged("a").then(tagged("a")).tags()).containsExactly("a");
		assertThat(tagged().then(tagged()).tags()).isEmpty();
		assertThat(PendingChange.expire(20).then(tagged("a")).tags()).containsExactly("a");
		assertThat(PendingChange.untrack().then(tagged("a")).tags()).containsExactly("a");
	}

	@Test
	void untrackDiscardsTheTags() {
		PendingChange untracked = tagged("a").then(PendingChange.untrack());
		assertThat(untracked.tags()).isEmpty();
		assertThat(untracked.then(tagged("b")).tags()).containsExactly("b");
	}

	@Test
	void aPathWithTooManyTagsHasEveryTag() {
		PendingChange full = tagged(numbered(0, KnownTags.MAX));
		assertThat(full.then(tagged("t1")).tags()).hasSize(KnownTags.MAX + 1).contains(CacheTag.UNSENT);
		assertThat(full.then(tagged("one more")).tags()).containsExactly(CacheTag.ANY);
		assertThat(tagged(numbered(0, 65)).then(tagged()).tags()).containsExactly(CacheTag.ANY);
		assertThat(tagged(numbered(0, 40)).then(tagged(numbered(40, 80))).tags()).containsExactly(CacheTag.ANY);
	}

	@Test
	void everyTagAbsorbsEveryOther() {
		PendingChange any = tagged(CacheTag.ANY);
		assertThat(any.then(tagged("a", "b")).tags()).containsExactly(CacheTag.ANY);
		assertThat(tagged("a", "b").then(any).tags()).containsExactly(CacheTag.ANY);
		assertThat(any.then(any).tags()).containsExactly(CacheTag.ANY);
	}

	@Test
	void aWildcardAndWhatIsWrittenAgainKeepTheRouteAndTheTags() {
		PendingChange change = PendingChange.track(20, 3, "/{id}", Set.of("a"));
		assertThat(change.folded().tags()).containsExactly("a");
		assertThat(change.again(10).tags()).containsExactly("a");
		assertThat(change.again(10).route()).isEqualTo("/{id}");
		assertThat(change.folded().then(tagged("b").folded()).tags()).containsExactlyInAnyOrder("a", "b",
				CacheTag.UNSENT);
	}

	@Test
	void pathsWithoutTagsAndThoseWithTheSameShareThem() {
		PendingChange change = tagged("a", "b");
		assertThat(change.then(tagged("a", "b")).tags()).isSameAs(change.tags());
		PendingChange different = change.then(tagged("a"));
		assertThat(different.then(tagged("a")).tags()).isSameAs(different.tags());
		assertThat(PendingChange.track(20).then(tagged()).tags()).isSameAs(Set.of());
	}

	@Test
	void everyChangeIsANewOne() {
		PendingChange change = PendingChange.track(20);
		PendingChange untracked = PendingChange.untrack();
		assertThat(change.then(PendingChange.track(10))).isNotEqualTo(change);
		assertThat(change.then(PendingChange.expire(20))).isNotEqualTo(change);
		assertThat(PendingChange.track(20)).isNotEqualTo(change);
		assertThat(PendingChange.track(20, 3, null, NO_TAGS)).isNotEqualTo(PendingChange.track(20, 3, null, NO_TAGS));
		assertThat(untracked.then(PendingChange.untrack())).isNotEqualTo(untracked);
		assertThat(untracked.then(PendingChange.expire(10))).isNotEqualTo(untracked);
	}

	private static PendingChange tagged(String... tags) {
		return PendingChange.track(20, 3, null, Set.of(tags));
	}

	private static String[] numbered(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> "t" + i).collect(Collectors.toSet()).toArray(String[]::new);
	}

	private static void assertTracks(PendingChange change, long until) {
		assertThat(change.tracks()).isTrue();
		assertThat(change.trackUntil()).isEqualTo(until);
		assertThat(change.expires()).isFalse();
		assertThat(change.untracks()).isFalse();
	}

	private static void assertTracksAndExpires(PendingChange change, long until, long at) {
		assertThat(change.tracks()).isTrue();
		assertThat(change.trackUntil()).isEqualTo(until);
		assertThat(change.expires()).isTrue();
		assertThat(change.expireAt()).isEqualTo(at);
		assertThat(change.untracks()).isFalse();
	}

	private static void assertStarted(PendingChange change, long at) {
		assertThat(change.startedAt()).isEqualTo(at);
	}

	private static void assertUntracks(PendingChange change) {
		assertThat(change.untracks()).isTrue();
		assertThat(change.tracks()).isFalse();
		assertThat(change.expires()).isFalse();
	}

}
