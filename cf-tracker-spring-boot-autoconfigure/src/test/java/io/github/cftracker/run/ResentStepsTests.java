package io.github.cftracker.run;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.redis.ResendingConnection;
import io.github.cftracker.redis.TrackerRedisConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Planned runs whose scripts reach Redis twice.
 */
@Tag("full")
class ResentStepsTests extends RedisPlannedRunTests {

	@Override
	TrackerRedisConnection connection() {
		return ResendingConnection.of(redis.own());
	}

	@Test
	void plansEachOfManyItemsOnce() {
		this.ledger.request("run", InvalidationRequest.ofEverything());
		Lease lease = Objects.requireNonNull(this.ledger.acquire());
		Run run = Objects.requireNonNull(lease.next().run());
		List<String> items = IntStream.range(0, 2500).mapToObj((i) -> "/" + i).toList();
		lease.apply(new Step.Start(run));
		lease.apply(new Step.Plan(run, items));
		assertThat(lease.items(run).planned()).isEqualTo(items);
	}

}
