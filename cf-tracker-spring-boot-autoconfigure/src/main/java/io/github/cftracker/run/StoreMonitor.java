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
 * Monitor of the store's server. It caches the condition for five seconds, so that
 * frequent health checks do not burden the server. A separate thread inspects the server
 * once a minute. It logs a warning when it appears and an info when it is resolved,
 * unless another node, or this node before its restart, has logged it.
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
	 * Create a monitor.
	 * @param inspector inspector of the server
	 * @param clock clock for the age of the last condition
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
	 * Return the condition of the server, which may be five seconds old. May wait as long
	 * as the connection's timeouts allow, see {@link TimeLimitedStore}.
	 * @return the condition
	 */
	public StoreCondition condition() {
		synchronized (this.inspecting) {
			Instant now = this.clock.instant();
			StoreCondition last = this.condition;
			// A clock that was set back must not extend the five seconds
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
	 * @return the warnings that apply now, or applied when the server last answered
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
			// The flusher reports that the store does not answer
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
	 * Return the warning without its numbers, which may change while the warning applies.
	 */
	private static String kind(String warning) {
		return warning.replaceAll("\\d+", "#");
	}

}
