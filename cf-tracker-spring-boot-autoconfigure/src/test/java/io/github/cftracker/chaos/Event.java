package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.test.Fault;

/**
 * Something that happens at a time of the schedule.
 */
sealed interface Event {

	/**
	 * When it happens.
	 * @return the time since the beginning
	 */
	Duration at();

	void happen(Chaos chaos);

	private static Optional<Node> nth(List<Node> nodes, int n) {
		return Optional.of(nodes.get(n % nodes.size()));
	}

	/**
	 * All pages change, and somebody asks for an invalidation.
	 */
	record ChangeContent(Duration at) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.change();
		}

	}

	record KillNode(Duration at, int n) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.onceThereAreSeveral(() -> chaos.kill((nodes) -> nth(nodes, this.n)));
		}

	}

	/**
	 * CloudFront has accepted a number of batches, and before the last answer arrives the
	 * sender is killed.
	 */
	record KillSender(Duration at, int batches) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.inTheMiddleOfABatch(this.batches, () -> chaos.kill(Cluster::lastSender));
		}

	}

	record PauseNode(Duration at, int n, Duration lasting) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.onceThereAreSeveral(() -> chaos.pause((nodes) -> nth(nodes, this.n), this.lasting));
		}

	}

	/**
	 * As {@link KillSender}, but the sender comes back after its lease.
	 */
	record PauseSender(Duration at, int batches, Duration lasting) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.inTheMiddleOfABatch(this.batches, () -> chaos.pause(Cluster::lastSender, this.lasting));
		}

	}

	record KillRedis(Duration at, Duration lasting) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.killRedis(this.lasting);
		}

	}

	record FailCalls(Duration at, Fault fault, int times) implements Event {

		@Override
		public void happen(Chaos chaos) {
			chaos.fail(this.fault, this.times);
		}

	}

}
