package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.run.FollowUp;

/**
 * Late paths, which the script that records paths has found.
 */
final class LatePaths {

	private static final RedisScript<List<String>> FOLLOW_UPS = RedisScripts.returningList("run-follow-ups.lua");

	private final FencedScripts scripts;

	private final RedisSteps steps;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final PathPatterns patterns;

	private final RedisRoutes routes;

	LatePaths(FencedScripts scripts, RedisSteps steps, RedisKeys keys, Duration freshWindow, PathPatterns patterns) {
		this.patterns = patterns;
		this.routes = new RedisRoutes(scripts.unfenced(), keys);
		this.scripts = scripts;
		this.steps = steps;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	List<FollowUp> followUps(Function<String, Optional<Run>> finder) {
		List<String> found = this.scripts.list(FOLLOW_UPS,
				this.scripts.call()
					.on(this.keys.accepted(), this.keys.late())
					.with(this.freshWindow.toMillis(), RedisScripts.CHUNK));
		int recent = 1 + 2 * Integer.parseInt(found.get(0));
		Map<TrackedPath, Instant> late = late(found.subList(recent, found.size()));
		if (late.isEmpty()) {
			return List.of();
		}
		Map<Run, Instant> runs = new LinkedHashMap<>();
		Map<String, Instant> times = times(found.subList(1, recent));
		times.forEach((id, time) -> finder.apply(id).ifPresent((run) -> runs.put(run, time)));
		List<FollowUp> followUps = FollowUp.of(late, runs, this.patterns);
		List<String> others = new ArrayList<>(late.keySet().stream().map(TrackedPath::path).toList());
		followUps.forEach((followUp) -> others.removeAll(Set.copyOf(followUp.paths())));
		// They may belong to a run that only a newer version can read
		if (!others.isEmpty() && runs.size() == times.size()) {
			this.steps.dropLate(others);
		}
		return followUps;
	}

	private Map<TrackedPath, Instant> late(List<String> values) {
		Map<TrackedPath, Instant> late = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i += 4) {
			late.put(this.routes.trackedPath(values.get(i), RedisRoutes.score(values.get(i + 2)), values.get(i + 3)),
					time(values.get(i + 1)));
		}
		return late;
	}

	private static Map<String, Instant> times(List<String> values) {
		Map<String, Instant> times = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i += 2) {
			times.put(values.get(i), time(values.get(i + 1)));
		}
		return times;
	}

	private static Instant time(String millis) {
		return Instant.ofEpochMilli((long) Double.parseDouble(millis));
	}

}
