package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	private static final Duration LENGTH = Duration.ofSeconds(15);

	@Test
	void isTheSameForTheSameSeed() {
		assertThat(Schedule.of(7, LENGTH)).isEqualTo(Schedule.of(7, LENGTH)).isNotEqualTo(Schedule.of(8, LENGTH));
	}

	@Test
	void holdsEveryKindOfEventInOrder() {
		List<Event> events = Schedule.of(7, LENGTH);
		assertThat(events).extracting(Event::at).isSorted().allMatch((at) -> at.compareTo(LENGTH) < 0);
		assertThat(events.stream().map(Object::getClass).distinct())
			.containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
	}

}
