package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * The times a cron expression names, as opposed to those at which a node gets round to
 * it. Nodes whose clocks differ agree on the former.
 */
public final class FireTimes {

	/**
	 * A timer may be early by a few milliseconds of the wall clock.
	 */
	private static final Duration TOLERANCE = Duration.ofMillis(500);

	private static final Duration SKEW = Duration.ofHours(1);

	private static final Duration LONGEST = Duration.ofDays(2 * 366);

	private final String cron;

	private final ZoneId zone;

	private final Clock clock;

	/**
	 * Create fire times.
	 * @param cron the cron expression
	 * @param zone its time zone, {@code null} for that of the JVM
	 * @param clock this node's clock
	 */
	public FireTimes(String cron, @Nullable String zone, Clock clock) {
		this.cron = cron;
		this.zone = (zone != null && !zone.isBlank()) ? ZoneId.of(zone) : ZoneId.systemDefault();
		this.clock = clock;
	}

	/**
	 * The latest time that has come.
	 * @return the time as the expression names it
	 */
	public Instant latest() {
		ZonedDateTime now = now().plus(TOLERANCE);
		Duration back = Duration.ofSeconds(2);
		ZonedDateTime latest = expression().next(now.minus(back));
		while ((latest == null || latest.isAfter(now)) && back.compareTo(LONGEST) < 0) {
			back = back.multipliedBy(2);
			latest = expression().next(now.minus(back));
		}
		ZonedDateTime next = latest;
		while (next != null && !next.isAfter(now)) {
			latest = next;
			next = expression().next(next);
		}
		return (latest != null) ? latest.toInstant() : now.toInstant();
	}

	/**
	 * For how long to remember that a time has come: until no node can take it for the
	 * latest any more.
	 * @param time the time
	 * @return how long from now
	 */
	public Duration remembered(Instant time) {
		ZonedDateTime next = expression().next(time.atZone(this.zone));
		return (next != null) ? Duration.between(now(), next).plus(SKEW) : LONGEST;
	}

	// Not before it is needed: a schedule that is switched off has none
	private CronExpression expression() {
		return CronExpression.parse(this.cron);
	}

	private ZonedDateTime now() {
		return this.clock.instant().atZone(this.zone);
	}

}
