package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.github.cftracker.thread.Repeater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a {@link StoreInspector} for health, at most every five seconds however often it
 * is asked itself. Inspects once a minute on a separate thread, which logs a warning when
 * it appears and an info when it is resolved, unless another node or this node before its
 * restart has logged it: the log reaches those who do not read health.
 */
public final class StoreMonitor {

	private static final Logger logger = LoggerFactory.getLogger(StoreMonitor.class);

	private static final Duration VALID = Duration.ofSeconds(5);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

	private final StoreInspector inspector;

	private final Clock clock;

	private final Repeater repeater;

	private final Object inspecting = new Object();

	private @Nullable StoreCondition condition;

	private Instant inspectedAt = Instant.MIN;

	private volatile @Nullable List<String> known;

	/**
	 * Create a watch.
	 * @param inspector whom to ask
	 * @param clock says how old an answer is
	 */
	public StoreMonitor(StoreInspector inspector, Clock clock) {
		this(inspector, clock, Duration.ofMinutes(1));
	}

	StoreMonitor(StoreInspector inspector, Clock clock, Duration interval) {
		this.inspector = inspector;
		this.clock = clock;
		this.repeater = Repeater.every("cf-tracker-store-monitor", interval, () -> this.known = log(this.known));
	}

	/**
	 * What the store's server looks like, or looked like up to five seconds ago. May wait
	 * for the server: {@link TimeLimitedStore} is for those who cannot.
	 * @return its condition
	 */
	public StoreCondition condition() {
		synchronized (this.inspecting) {
			Instant now = this.clock.instant();
			StoreCondition last = this.condition;
			// A clock that was set back must not keep an old answer alive
			if (last != null && !now.isBefore(this.inspectedAt) && now.isBefore(this.inspectedAt.plus(VALID))) {
				return last;
			}
			StoreCondition fresh = this.inspector.inspect();
			this.condition = fresh;
			this.inspectedAt = now;
			return fresh;
		}
	}

	/**
	 * Start the thread.
	 */
	public void start() {
		this.known = null;
		this.repeater.start();
		this.repeater.wake();
	}

	/**
	 * End the thread. A call of the store is interrupted after one second.
	 */
	public void stop() {
		this.repeater.stop(SHUTDOWN_TIMEOUT);
	}

	/**
	 * Log what has changed.
	 * @param known the warnings that applied before, {@code null} before the first
	 * inspection
	 * @return the warnings that apply now, or did when that was last known
	 */
	private @Nullable List<String> log(@Nullable List<String> known) {
		try {
			StoreCondition condition = condition();
			if (!condition.isKnown()) {
				return known;
			}
			List<String> warnings = condition.warnings();
			absent(warnings, (known != null) ? known : List.of())
				.filter((warning) -> this.inspector.recordLogged(kind(warning), warning))
				.forEach(logger::warn);
			List<String> missing = absent((known != null) ? known : this.inspector.logged(), warnings).toList();
			List<String> resolved = absent(missing, condition.unknown()).toList();
			resolved.stream()
				.filter((warning) -> this.inspector.recordResolved(kind(warning)))
				.forEach((warning) -> logger.info("Resolved: {}", warning));
			return Stream.concat(warnings.stream(), absent(missing, resolved)).toList();
		}
		catch (RuntimeException | Error ex) {
			// The flusher says that the store is away
			logger.debug("Could not inspect the store", ex);
			return known;
		}
	}

	/**
	 * Return the warnings that are not of the same kind as any of the others.
	 */
	private static Stream<String> absent(List<String> warnings, List<String> others) {
		List<String> kinds = others.stream().map(StoreMonitor::kind).toList();
		return warnings.stream().filter((warning) -> !kinds.contains(kind(warning)));
	}

	/**
	 * The warning without its numbers, which may change while it stays.
	 */
	private static String kind(String warning) {
		return warning.replaceAll("\\d+", "#");
	}

}
