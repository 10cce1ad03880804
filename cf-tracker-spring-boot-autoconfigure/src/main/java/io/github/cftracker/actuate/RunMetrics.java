package io.github.cftracker.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.cftracker.CacheTag;
import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.run.RunObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the runs that this node executes. All of them exist from the start, so that
 * the first failure is a change.
 */
public final class RunMetrics implements MeterBinder, RunObserver {

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	private final Clock clock;

	/**
	 * Create metrics.
	 * @param clock clock for durations
	 */
	public RunMetrics(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		for (Trigger trigger : Trigger.values()) {
			for (Run.State state : Run.State.values()) {
				if (state.isFinal()) {
					runs(registry, state, trigger);
				}
			}
		}
		for (Phase phase : Phase.values()) {
			phase.timer(registry);
		}
		for (Quota quota : Quota.values()) {
			waits(registry, quota);
		}
		for (Kind error : Kind.values()) {
			if (error != Kind.REFUSED && error != Kind.DENIED && error != Kind.NOT_FOUND) {
				retries(registry, error);
			}
		}
		for (String kind : List.of("path", "wildcard", "tag")) {
			items(registry, kind);
		}
		rejected(registry);
		late(registry);
		billedTwice(registry);
	}

	@Override
	public void started(Run run) {
		took(run, Phase.QUEUED, this.clock.instant());
	}

	@Override
	public void heldBack(Quota quota, Duration time) {
		forEach((registry) -> waits(registry, quota).record(time));
	}

	@Override
	public void retried(Run run, Kind error) {
		forEach((registry) -> retries(registry, error).increment());
	}

	@Override
	public void accepted(Run run, List<String> items) {
		int tags = (int) items.stream().filter(CacheTag::isTag).count();
		int wildcards = (int) items.stream()
			.filter(Selection::isWildcard)
			.filter((item) -> !CacheTag.isTag(item))
			.count();
		forEach((registry) -> {
			items(registry, "tag").increment(tags);
			items(registry, "wildcard").increment(wildcards);
			items(registry, "path").increment(items.size() - tags - wildcards);
		});
	}

	@Override
	public void rejected(Run run, List<RejectedPath> paths) {
		forEach((registry) -> rejected(registry).increment(paths.size()));
	}

	@Override
	public void followedUp(Run run, long paths) {
		forEach((registry) -> late(registry).increment((double) paths));
	}

	@Override
	public void possiblyBilledTwice(Run run, long items) {
		forEach((registry) -> billedTwice(registry).increment((double) items));
	}

	@Override
	public void sent(Run run) {
		took(run, Phase.ACCEPTED, this.clock.instant());
	}

	@Override
	public void finished(Run run) {
		forEach((registry) -> runs(registry, run.state(), run.trigger()).increment());
		Instant finishedAt = run.finishedAt();
		if (run.state() == Run.State.COMPLETED && finishedAt != null) {
			took(run, Phase.COMPLETED, finishedAt);
		}
	}

	private void took(Run run, Phase phase, Instant until) {
		// The store's clock, and ours
		Duration time = Duration.between(run.requestedAt(), until);
		forEach((registry) -> phase.timer(registry).record(time.isNegative() ? Duration.ZERO : time));
	}

	private void forEach(Consumer<MeterRegistry> action) {
		this.registries.forEach(action);
	}

	private static Counter runs(MeterRegistry registry, Run.State state, Trigger trigger) {
		return Counter.builder("cf.tracker.runs")
			.tag("state", tag(state))
			.tag("trigger", trigger.label())
			.description("Finished runs, by state and trigger")
			.register(registry);
	}

	private static Timer waits(MeterRegistry registry, Quota quota) {
		return Timer.builder("cf.tracker.quota.waits")
			.tag("quota", tag(quota))
			.description("Time that batches waited to stay within CloudFront's quotas")
			.register(registry);
	}

	private static Counter retries(MeterRegistry registry, Kind error) {
		return Counter.builder("cf.tracker.retries")
			.tag("error", tag(error))
			.description("Calls that CloudFront did not accept and that are retried")
			.register(registry);
	}

	private static Counter items(MeterRegistry registry, String kind) {
		return Counter.builder("cf.tracker.items.sent")
			.tag("kind", kind)
			.description("Items that CloudFront accepted, each of which is billed")
			.register(registry);
	}

	private static Counter rejected(MeterRegistry registry) {
		return Counter.builder("cf.tracker.paths.rejected")
			.description("Paths that cannot be invalidated")
			.register(registry);
	}

	private static Counter late(MeterRegistry registry) {
		return Counter.builder("cf.tracker.paths.late")
			.description(
					"Paths that were invalidated again because their responses were in flight during the invalidation")
			.register(registry);
	}

	private static Counter billedTwice(MeterRegistry registry) {
		return Counter.builder("cf.tracker.items.possibly.billed.twice")
			.description("Items that CloudFront may have billed twice")
			.register(registry);
	}

	private static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private enum Phase {

		QUEUED("Time from the request of a run to its start"),

		ACCEPTED("Time from the request of a run until CloudFront accepted every batch"),

		COMPLETED("Time from the request of a run until CloudFront completed every invalidation");

		private final String description;

		Phase(String description) {
			this.description = description;
		}

		Timer timer(MeterRegistry registry) {
			return Timer.builder("cf.tracker.runs." + tag(this)).description(this.description).register(registry);
		}

	}

}
