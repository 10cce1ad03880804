package io.github.cftracker.tracking;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingChangeTests {

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
		assertStarted(PendingChange.track(20, 3, null).then(PendingChange.track(30, 8, null)), 3);
		assertStarted(PendingChange.track(20, 8, null).then(PendingChange.track(30, 3, null)), 3);
		assertStarted(PendingChange.track(20, -8, null).then(PendingChange.track(30, 3, null)), -8);
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
		assertStarted(PendingChange.track(20, 3, null).then(PendingChange.track(30)), 3);
		assertStarted(PendingChange.track(20).then(PendingChange.track(30, 3, null)), 3);
	}

	@Test
	void expireLeavesTheStartAlone() {
		assertStarted(PendingChange.track(20, 3, null).then(PendingChange.expire(10)), 3);
		assertStarted(PendingChange.expire(10).then(PendingChange.track(20, 3, null)), 3);
		assertStarted(
				PendingChange.track(20, 3, null).then(PendingChange.expire(10)).then(PendingChange.track(20, 8, null)),
				3);
	}

	@Test
	void untrackDiscardsTheStart() {
		PendingChange untracked = PendingChange.track(20, 3, null).then(PendingChange.untrack());
		assertStarted(untracked, PendingChange.NO_RESPONSE);
		assertStarted(untracked.then(PendingChange.track(20)), PendingChange.NO_RESPONSE);
		assertStarted(untracked.then(PendingChange.track(20, 8, null)), 8);
	}

	@Test
	void everyChangeIsANewOne() {
		PendingChange change = PendingChange.track(20);
		PendingChange untracked = PendingChange.untrack();
		assertThat(change.then(PendingChange.track(10))).isNotEqualTo(change);
		assertThat(change.then(PendingChange.expire(20))).isNotEqualTo(change);
		assertThat(PendingChange.track(20)).isNotEqualTo(change);
		assertThat(PendingChange.track(20, 3, null)).isNotEqualTo(PendingChange.track(20, 3, null));
		assertThat(untracked.then(PendingChange.untrack())).isNotEqualTo(untracked);
		assertThat(untracked.then(PendingChange.expire(10))).isNotEqualTo(untracked);
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
