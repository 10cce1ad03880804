package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import io.github.cftracker.test.Fault;

/**
 * What happens when: the same for the same seed.
 */
final class Schedule {

	private static final Duration ROUND = Duration.ofSeconds(15);

	private static final int MOST_BATCHES = 3;

	private static final int MOST_FAULTS = 3;

	private final List<Event> events = new ArrayList<>();

	private final Random random;

	private final long length;

	private Schedule(long seed, Duration length) {
		this.random = new Random(seed);
		this.length = length.toMillis();
	}

	static List<Event> of(long seed, Duration length) {
		Schedule schedule = new Schedule(seed, length);
		schedule.addChanges();
		for (long round = 0; round <= (length.toMillis() - 1) / ROUND.toMillis(); round++) {
			schedule.addRound();
		}
		return schedule.events.stream().sorted(Comparator.comparing(Event::at)).toList();
	}

	private void addChanges() {
		for (long at = between(0, 1000); at < this.length; at += between(800, 2500)) {
			this.events.add(new Event.ChangeContent(Duration.ofMillis(at)));
		}
	}

	private void addRound() {
		this.events.add(new Event.KillNode(any(), this.random.nextInt(Cluster.SIZE)));
		this.events.add(new Event.KillSender(any(), batches()));
		this.events.add(new Event.PauseNode(any(), this.random.nextInt(Cluster.SIZE), longerThanTheLease()));
		this.events.add(new Event.PauseSender(any(), batches(), longerThanTheLease()));
		this.events.add(new Event.KillRedis(any(), Duration.ofMillis(between(300, 2500))));
		for (Fault fault : Fault.values()) {
			// Of a run that is denied access nothing more is sent, so there are few of
			// these
			if (fault != Fault.ACCESS_DENIED || this.random.nextInt(3) == 0) {
				int times = (fault != Fault.ACCESS_DENIED) ? 1 + this.random.nextInt(MOST_FAULTS) : 1;
				this.events.add(new Event.FailCalls(any(), fault, times));
			}
		}
	}

	private Duration any() {
		return Duration.ofMillis(between(0, this.length));
	}

	private Duration longerThanTheLease() {
		return Duration.ofMillis(between(2500, 5000));
	}

	private int batches() {
		return 1 + this.random.nextInt(MOST_BATCHES);
	}

	private long between(long from, long to) {
		return from + (long) (this.random.nextDouble() * (to - from));
	}

}
