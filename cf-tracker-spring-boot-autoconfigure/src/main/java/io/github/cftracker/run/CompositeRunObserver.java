package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.InvalidationException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several observers as one. An observer that throws affects neither runs nor other
 * observers.
 */
final class CompositeRunObserver implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(CompositeRunObserver.class);

	private final List<RunObserver> observers;

	CompositeRunObserver(List<RunObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	@Override
	public void started(Run run) {
		forEach((observer) -> observer.started(run));
	}

	@Override
	public void heldBack(Quota quota, Duration time) {
		forEach((observer) -> observer.heldBack(quota, time));
	}

	@Override
	public void retried(Run run, Kind error) {
		forEach((observer) -> observer.retried(run, error));
	}

	@Override
	public void accepted(Run run, List<String> items) {
		forEach((observer) -> observer.accepted(run, items));
	}

	@Override
	public void rejected(Run run, List<RejectedPath> paths) {
		forEach((observer) -> observer.rejected(run, paths));
	}

	@Override
	public void followedUp(Run run, long paths) {
		forEach((observer) -> observer.followedUp(run, paths));
	}

	@Override
	public void possiblyBilledTwice(Run run, long items) {
		forEach((observer) -> observer.possiblyBilledTwice(run, items));
	}

	@Override
	public void unknown(Run run, String reason) {
		forEach((observer) -> observer.unknown(run, reason));
	}

	@Override
	public void stopped(@Nullable String problem) {
		forEach((observer) -> observer.stopped(problem));
	}

	@Override
	public void sent(Run run) {
		forEach((observer) -> observer.sent(run));
	}

	@Override
	public void finished(Run run) {
		forEach((observer) -> observer.finished(run));
	}

	private void forEach(Consumer<RunObserver> action) {
		for (RunObserver observer : this.observers) {
			try {
				action.accept(observer);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("{} failed. The run continues", observer, ex);
			}
		}
	}

}
