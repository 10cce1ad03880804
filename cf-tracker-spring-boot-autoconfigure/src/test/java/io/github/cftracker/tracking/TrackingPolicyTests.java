package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What CloudFront caches, as a table: the distribution has a DefaultTTL of 24 hours and a
 * MaxTTL of 365 days. It is noon; {@code 12:01} stands for an {@code Expires} at that
 * time.
 */
class TrackingPolicyTests {

	private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

	private static final Duration DEFAULT = Duration.ofHours(24);

	private final TrackingPolicy policy = new TrackingPolicy(Set.of("GET", "head"), lifetimes(Duration.ZERO));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# status | Cache-Control                        | Expires | what becomes of the path
			200 | -                                         | -       | tracked 24h
			201 | -                                         | -       | tracked 24h
			203 | -                                         | -       | tracked 24h
			204 | -                                         | -       | tracked 24h
			206 | -                                         | -       | tracked 24h
			299 | -                                         | -       | tracked 24h
			300 | -                                         | -       | tracked 24h
			301 | -                                         | -       | tracked 24h
			302 | -                                         | -       | tracked 24h
			303 | -                                         | -       | tracked 24h
			200 | public                                    | -       | tracked 24h
			200 | must-revalidate                           | -       | tracked 24h
			200 | max-age=60                                | -       | tracked 60s
			200 | max-age=60                                | 12:05   | tracked 60s
			200 | s-maxage=5, max-age=60                    | -       | tracked 5s
			200 | s-maxage=0, max-age=60                    | -       | ignored
			200 | max-age=0                                 | -       | ignored
			200 | max-age=99999999999                       | -       | tracked 8760h
			200 | -                                         | 12:01   | tracked 60s
			200 | public                                    | 12:01   | tracked 60s
			200 | -                                         | 11:00   | ignored
			200 | -                                         | 0       | ignored
			301 | max-age=60                                | -       | tracked 60s
			# stale objects are served on
			200 | max-age=60, stale-while-revalidate=30     | -       | tracked 90s
			200 | max-age=60, stale-if-error=600            | -       | tracked 660s
			200 | max-age=60, stale-if-error=6, stale-while-revalidate=30 | - | tracked 90s
			200 | max-age=0, stale-if-error=60              | -       | tracked 60s
			200 | stale-if-error=3600                       | -       | tracked 25h
			200 | max-age=31536000, stale-if-error=99       | -       | tracked 8760h
			# what must not be cached is not, unless a header alone is meant
			200 | no-store                                  | -       | ignored
			200 | private                                   | -       | ignored
			200 | no-cache                                  | -       | ignored
			200 | max-age=60, no-store                      | -       | ignored
			200 | private, stale-if-error=60                | -       | ignored
			301 | no-store                                  | -       | ignored
			200 | no-cache="set-cookie"                     | -       | tracked 24h
			200 | private="x-user", max-age=60              | -       | tracked 60s
			# malformed and repeated directives: the longest reading
			200 | max-age=604800; public                    | -       | tracked 168h
			200 | max-age=60; public                        | -       | tracked 24h
			200 | max-age="604800"                          | -       | tracked 168h
			200 | max-age = 604800                          | -       | tracked 168h
			200 | max-age=604800.5                          | -       | tracked 168h
			200 | max-age:604800                            | -       | tracked 168h
			200 | max-age=60; public                        | 12:01   | tracked 60s
			200 | max-age=60; public                        | 12:02   | tracked 120s
			200 | max-age=60; public                        | 0       | tracked 60s
			200 | s-maxage="604800", max-age=60             | -       | tracked 168h
			200 | s-maxage="60", max-age=604800             | -       | tracked 168h
			200 | s-maxage=60, max-age=604800.5             | -       | tracked 60s
			200 | max-age=60, max-age=604800                | -       | tracked 168h
			200 | max-age=604800, max-age=0                 | -       | tracked 168h
			200 | max-age=60, stale-if-error="60"           | -       | tracked 120s
			200 | no-store; max-age=60                      | -       | tracked 24h
			200 | private; no-cache                         | -       | tracked 24h
			200 | max-age=60; public, no-store              | -       | ignored
			404 | max-age=60; public                        | -       | tracked 60s
			404 | max-age=60; public                        | 12:02   | tracked 120s
			404 | max-age=0; public                         | -       | untracked
			403 | max-age="60"                              | -       | tracked 60s
			# a 304 leaves the lifetime to the stored response, unless it has one
			304 | -                                         | -       | tracked 8760h
			304 | public                                    | -       | tracked 8760h
			304 | max-age=60; public                        | -       | tracked 8760h
			304 | max-age=60                                | -       | tracked 60s
			304 | max-age=0                                 | -       | ignored
			304 | private                                   | -       | ignored
			304 | -                                         | 12:01   | tracked 60s
			304 | -                                         | 0       | ignored
			# temporary redirects need a Cache-Control
			307 | -                                         | -       | ignored
			308 | -                                         | -       | ignored
			307 | -                                         | 12:01   | ignored
			307 | max-age=60                                | -       | tracked 60s
			308 | s-maxage=60                               | -       | tracked 60s
			307 | public                                    | -       | tracked 24h
			308 | max-age=60, private                       | -       | ignored
			# errors that are always cached, for ten seconds at least
			404 | -                                         | -       | untracked
			404 | public                                    | -       | untracked
			404 | no-store                                  | -       | untracked
			404 | private, max-age=60                       | -       | untracked
			404 | max-age=0                                 | -       | untracked
			404 | max-age=3600                              | -       | tracked 1h
			404 | s-maxage=30, max-age=3600                 | -       | tracked 30s
			404 | -                                         | 12:01   | tracked 60s
			404 | -                                         | 11:00   | untracked
			414 | max-age=60                                | -       | tracked 60s
			414 | -                                         | -       | ignored
			500 | -                                         | -       | ignored
			500 | no-store                                  | -       | ignored
			500 | max-age=60                                | -       | tracked 60s
			501 | max-age=60                                | -       | tracked 60s
			502 | -                                         | 12:01   | tracked 60s
			503 | -                                         | -       | ignored
			503 | s-maxage=60                               | -       | tracked 60s
			504 | max-age=60                                | -       | tracked 60s
			# errors that are cached only with max-age
			400 | -                                         | -       | ignored
			400 | max-age=60                                | -       | tracked 60s
			403 | -                                         | 12:01   | ignored
			403 | s-maxage=60                               | -       | tracked 60s
			403 | max-age=60, private                       | -       | ignored
			403 | max-age=0                                 | -       | ignored
			405 | max-age=60                                | -       | tracked 60s
			412 | max-age=60                                | -       | tracked 60s
			415 | max-age=60                                | -       | tracked 60s
			415 | public                                    | -       | ignored
			# whatever else there is
			0   | max-age=60                                | -       | ignored
			100 | max-age=60                                | -       | ignored
			199 | max-age=60                                | -       | ignored
			401 | max-age=60                                | -       | ignored
			406 | max-age=60                                | -       | ignored
			409 | max-age=60                                | -       | ignored
			410 | max-age=60                                | -       | ignored
			416 | max-age=60                                | -       | ignored
			429 | max-age=60                                | -       | ignored
			505 | max-age=60                                | -       | ignored
			599 | max-age=60                                | -       | ignored
			""")
	void decidesAsCloudFrontCaches(int status, String cacheControl, String expires, String expected) {
		assertThat(describe(this.policy.decide(response(status, cacheControl, expires(expires), null))))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# status | its error TTL | Cache-Control | what becomes of the path
			404 | 300 | -           | tracked 300s
			404 | 300 | no-store    | tracked 300s
			404 | 300 | max-age=60  | tracked 300s
			404 | 300 | max-age=900 | tracked 900s
			404 | 10  | -           | untracked
			404 | 0   | -           | untracked
			500 | 300 | -           | tracked 300s
			403 | 300 | -           | tracked 300s
			403 | 300 | max-age=60  | tracked 300s
			410 | 300 | -           | ignored
			""")
	void cachesErrorsForTheDistributionsErrorTtl(int status, long errorTtl, String cacheControl, String expected) {
		TrackingPolicy policy = new TrackingPolicy(Set.of("GET"), lifetimes(Duration.ofHours(1)),
				Map.of(status, Duration.ofSeconds(errorTtl)));
		assertThat(describe(policy.decide(response(status, cacheControl, null, null)))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			Sun, 22 Nov 2026 12:01:00 GMT | Sun, 22 Nov 2026 12:00:30 GMT | tracked 30s
			Sun, 22 Nov 2026 12:01:00 GMT | yesterday                     | tracked 60s
			""")
	void countsExpiresFromTheDateOfTheResponse(String expires, String date, String expected) {
		assertThat(describe(this.policy.decide(response(200, null, expires, date)))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# in minutes: MinTTL, DefaultTTL and lifetime, which is zero if the path is ignored
			0 | 1440 | max-age=0                    | -     | 0
			0 | 1440 | s-maxage=0, max-age=60       | -     | 0
			0 | 1440 | -                            | 0     | 0
			0 | 1440 | -                            | 11:00 | 0
			0 | 0    | -                            | -     | 0
			0 | 0    | public                       | -     | 0
			0 | 0    | max-age=60                   | -     | 61
			0 | 0    | max-age=0, stale-if-error=60 | -     | 61
			5 | 1440 | max-age=0                    | -     | 5
			5 | 1440 | -                            | 0     | 5
			5 | 1440 | -                            | 11:00 | 5
			5 | 1440 | no-store, max-age=9999       | -     | 5
			5 | 1440 | private                      | -     | 5
			5 | 0    | -                            | -     | 5
			5 | 1440 | max-age=60                   | -     | 65
			5 | 1440 | -                            | -     | 1500
			""")
	void addsGraceToALifetimeThatTheResponseOrDefaultTtlGives(long minTtl, long defaultTtl, String cacheControl,
			String expires, long lifetime) {
		LifetimePolicy lifetimes = lifetimes(Duration.ofHours(1))
			.withTtls(new Ttls(Duration.ofMinutes(minTtl), Duration.ofMinutes(defaultTtl), Duration.ofDays(365)));
		Decision decision = new TrackingPolicy(Set.of("GET"), lifetimes)
			.decide(response(200, cacheControl, expires(expires), null));
		assertThat(decision.lifetime()).hasMinutes(lifetime);
		assertThat(decision.action()).isEqualTo((lifetime > 0) ? Decision.Action.TRACK : Decision.Action.IGNORE);
	}

	@Test
	void marksWhatMinTtlHasCachedDespiteNoStore() {
		TrackingPolicy policy = new TrackingPolicy(Set.of("GET"), lifetimes(Duration.ofHours(1))
			.withTtls(new Ttls(Duration.ofMinutes(5), DEFAULT, Duration.ofDays(365))));
		assertThat(policy.decide(response(200, "no-store", null, null)).forbidden()).isTrue();
		assertThat(policy.decide(response(200, "max-age=0", null, null)).forbidden()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "FIXED", "NONE" })
	void whatIsNotCachedIsNotTrackedWhereLifetimesAreNotDerivedEither(Mode mode) {
		LifetimePolicy properties = new LifetimePolicy(mode, DEFAULT,
				new Ttls(Duration.ZERO, DEFAULT, Duration.ofDays(365)), Duration.ofHours(1), NOON);
		TrackingPolicy policy = new TrackingPolicy(Set.of("GET"), properties);
		assertThat(policy.decide(response(200, "max-age=0", null, null))).isEqualTo(Decision.IGNORE);
		assertThat(policy.decide(response(200, null, "0", null))).isEqualTo(Decision.IGNORE);
		assertThat(policy.decide(response(200, "max-age=1", null, null)).lifetime()).isEqualTo(properties.unknown());
		assertThat(policy.decide(response(304, null, null, null)).lifetime()).isEqualTo(properties.unknown());
		TrackingPolicy defaultZero = new TrackingPolicy(Set.of("GET"),
				properties.withTtls(new Ttls(Duration.ZERO, Duration.ZERO, Duration.ofDays(365))));
		assertThat(defaultZero.decide(response(200, null, null, null))).isEqualTo(Decision.IGNORE);
		assertThat(defaultZero.decide(response(200, "max-age=1", null, null)).lifetime())
			.isEqualTo(properties.unknown());
		TrackingPolicy minimum = new TrackingPolicy(Set.of("GET"),
				properties.withTtls(new Ttls(Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(365))));
		assertThat(minimum.decide(response(200, "max-age=0", null, null)).lifetime()).isEqualTo(properties.unknown());
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "FIXED", "NONE" })
	void errorsLiveAsLongAsAnythingWhereLifetimesAreNotDerived(Mode mode) {
		TrackingPolicy policy = new TrackingPolicy(Set.of("GET"),
				new LifetimePolicy(mode, DEFAULT, new Ttls(Duration.ZERO, DEFAULT, DEFAULT), Duration.ZERO, NOON));
		assertThat(policy.decide(response(404, "max-age=60", null, null)).lifetime())
			.isEqualTo((mode == Mode.FIXED) ? DEFAULT : PathLifetime.FOREVER);
		assertThat(policy.decide(response(404, null, null, null))).isEqualTo(Decision.NOT_FOUND);
	}

	@Test
	void considersTheGivenMethods() {
		assertThat(this.policy.considers("GET")).isTrue();
		assertThat(this.policy.considers("HEAD")).isTrue();
		assertThat(this.policy.considers("POST")).isFalse();
		assertThat(this.policy.considers("OPTIONS")).isFalse();
	}

	@Test
	void decidesAlikeHoweverManyHeadersThereAre() {
		for (int round = 0; round < 2; round++) {
			for (int seconds = 1; seconds <= 3000; seconds++) {
				assertThat(this.policy.decide(response(200, "max-age=" + seconds, null, null)).lifetime())
					.hasSeconds(seconds);
			}
		}
	}

	@Test
	void aDecisionWithoutExpiresSaysNothingAboutOneWithIt() {
		assertThat(describe(this.policy.decide(response(200, "public", null, null)))).isEqualTo("tracked 24h");
		assertThat(this.policy.decide(response(200, "public", "0", null))).isEqualTo(Decision.IGNORE);
		assertThat(describe(this.policy.decide(response(200, "public", null, null)))).isEqualTo("tracked 24h");
	}

	@Test
	void takesMethodsOfARequestAsTheyAre() {
		assertThat(this.policy.considers("get")).isFalse();
	}

	private static ObservedResponse response(int status, String cacheControl, String expires, String date) {
		return new ObservedResponse(status, cacheControl, expires, date, null, false);
	}

	private static String expires(String expires) {
		return (expires != null && expires.contains(":")) ? "Sun, 22 Nov 2026 %s:00 GMT".formatted(expires) : expires;
	}

	private static String describe(Decision decision) {
		return switch (decision.action()) {
			case IGNORE -> "ignored";
			case NOT_FOUND -> "untracked";
			case TRACK -> "tracked " + describe(decision.lifetime());
		};
	}

	private static String describe(Duration lifetime) {
		return (lifetime.toSeconds() % 3600 == 0) ? lifetime.toHours() + "h" : lifetime.toSeconds() + "s";
	}

	private static LifetimePolicy lifetimes(Duration grace) {
		return new LifetimePolicy(Mode.DERIVED, DEFAULT, new Ttls(Duration.ZERO, DEFAULT, Duration.ofDays(365)), grace,
				NOON);
	}

}
