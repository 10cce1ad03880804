package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * Times of a cron expression, as opposed to those at which a node executes it. Nodes with
 * different clocks agree on the former.
 */
public final class FireTimes {

	/**
	 * How early a timer may be, which is a few milliseconds of the wall clock.
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
	 * @param zone the time zone of the expression, {@code null} for that of the JVM
	 * @param clock the clock of this node
	 */
	public FireTimes(String cron, @Nullable String zone, Clock clock) {
		this.cron = cron;
		this.zone = (zone != null && !zone.isBlank()) ? ZoneId.of(zone) : ZoneId.systemDefault();
		this.clock = clock;
	}

	/**
	 * Return the latest time that has come.
	 * @return the time of the expression
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
	 * Return how long to remember that a time has come: until it is no longer the latest
	 * for any node.
	 * @param time the time
	 * @return how long from now
	 */
	public Duration remembered(Instant time) {
		ZonedDateTime next = expression().next(time.atZone(this.zone));
		return (next != null) ? Duration.between(now(), next).plus(SKEW) : LONGEST;
	}

	// Created at its first use, because a disabled schedule has no expression
	private CronExpression expression() {
		return CronExpression.parse(this.cron);
	}

	private ZonedDateTime now() {
		return this.clock.instant().atZone(this.zone);
	}

}
