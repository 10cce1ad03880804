package io.github.cftracker.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunLedger;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A {@link RunLedger} in Redis, next to the tracked paths of a {@link RedisUrlStore}: any
 * node shows any node's run, and finishes it where its own node is gone. All times are by
 * Redis' clock.
 */
public final class RedisRunLedger implements RunLedger {

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> REQUEST = RedisScripts.returningList("run-request.lua");

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> LATEST = RedisScripts.returningList("runs-latest.lua");

	private static final RedisScript<String> ACQUIRE = RedisScripts.returningText("lease-acquire.lua");

	private final String holder = UUID.randomUUID().toString();

	private final StringRedisTemplate template;

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final Duration lease;

	private final Duration freshWindow;

	private final int history;

	private final PathPatterns patterns;

	private final Clock clock;

	private final Replicas replicas;

	private final RecentRuns recent;

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	/**
	 * Create a ledger.
	 * @param template the connection
	 * @param keys the names of the keys
	 * @param lease how long its holder may be silent
	 * @param freshWindow how long after a run its late paths are still sent
	 * @param history how many runs to keep
	 */
	public RedisRunLedger(StringRedisTemplate template, RedisKeys keys, Duration lease, Duration freshWindow,
			int history) {
		this(template, keys, lease, freshWindow, history, 0);
	}

	/**
	 * Create a ledger that waits for replicas.
	 * @param template the connection
	 * @param keys the names of the keys
	 * @param lease how long its holder may be silent
	 * @param freshWindow how long after a run its late paths are still sent
	 * @param history how many runs to keep
	 * @param waitReplicas how many replicas must have a batch before it is sent
	 */
	public RedisRunLedger(StringRedisTemplate template, RedisKeys keys, Duration lease, Duration freshWindow,
			int history, int waitReplicas) {
		this(template, keys, lease, freshWindow, history, waitReplicas, PathPatterns.UNKNOWN, Clock.systemUTC());
	}

	/**
	 * Create a ledger that waits for replicas, and understands patterns.
	 * @param template the connection
	 * @param keys the names of the keys
	 * @param lease how long its holder may be silent
	 * @param freshWindow how long after a run its late paths are still sent
	 * @param history how many runs to keep
	 * @param waitReplicas how many replicas must have a batch before it is sent
	 * @param patterns understands the patterns of a selection
	 * @param clock says which month it is
	 */
	public RedisRunLedger(StringRedisTemplate template, RedisKeys keys, Duration lease, Duration freshWindow,
			int history, int waitReplicas, PathPatterns patterns, Clock clock) {
		this.patterns = patterns;
		this.clock = clock;
		this.template = template;
		this.scripts = new RedisScripts(template);
		this.keys = keys;
		this.lease = lease;
		this.freshWindow = freshWindow;
		this.history = history;
		this.replicas = new Replicas(this.scripts, template, keys, waitReplicas);
		this.recent = new RecentRuns(this.scripts, keys, freshWindow);
	}

	@Override
	public Run request(String id, Selection selection, Trigger trigger, @Nullable String requestedBy) {
		return enqueue(id, selection, trigger, requestedBy, null, Duration.ZERO).orElseThrow();
	}

	@Override
	public Optional<Run> requestOnce(String id, String name, Duration remembered) {
		return enqueue(id, Selection.ofEverything(), Trigger.SCHEDULE, null, name, remembered);
	}

	private Optional<Run> enqueue(String id, Selection selection, Trigger trigger, @Nullable String requestedBy,
			@Nullable String name, Duration remembered) {
		String run = this.keys.run(id);
		List<String> keys = List.of(this.keys.waiting(), this.keys.runs(), run,
				(name != null) ? this.keys.once(name) : run);
		List<Object> args = new ArrayList<>(List.of(id, Integer.toString(MAX_WAITING), this.keys.run(""),
				Integer.toString(this.history), this.keys.unfinished(), this.keys.unsettled(), this.keys.accepted(),
				Long.toString(remembered.toMillis()), RunCodec.selection(selection), "state", State.QUEUED.name(),
				RunCodec.TRIGGER, trigger.name()));
		if (requestedBy != null) {
			args.addAll(List.of(RunCodec.REQUESTED_BY, requestedBy));
		}
		List<String> outcome = this.scripts.list(REQUEST, keys, args.toArray());
		return switch (outcome.get(0)) {
			case "before" -> Optional.empty();
			case "full" -> throw new RejectedExecutionException("%d runs are already queued".formatted(MAX_WAITING));
			default -> {
				Run requested = RunCodec.run(outcome.get(1), pairs(outcome.subList(2, outcome.size())));
				this.recent.remember(requested);
				this.recent.checkSoon();
				yield Optional.of(requested);
			}
		};
	}

	@Override
	public Optional<Run> find(String id) {
		Map<String, String> fields = this.scripts
			.call(() -> this.template.<String, String>opsForHash().entries(this.keys.run(id)));
		if (fields.isEmpty()) {
			return Optional.empty();
		}
		Run run = RunCodec.run(id, fields);
		this.recent.saw(run);
		return Optional.of(run);
	}

	@Override
	public void restoreForgotten() {
		this.recent.check();
	}

	@Override
	public List<Run> latest() {
		return latest(this.history, -1);
	}

	@Override
	public Optional<Run> newest() {
		return latest(1, 0).stream().findFirst();
	}

	@Override
	public List<Run> unfinished() {
		return latest(0, -1);
	}

	private List<Run> latest(int finished, int last) {
		List<String> found = this.scripts.list(LATEST, List.of(this.keys.runs()), this.keys.run(""),
				Integer.toString(finished), Integer.toString(last));
		List<Run> runs = new ArrayList<>();
		int position = 0;
		while (position < found.size()) {
			int end = position + 2 + Integer.parseInt(found.get(position + 1));
			runs.add(RunCodec.run(found.get(position), pairs(found.subList(position + 2, end))));
			position = end;
		}
		return runs;
	}

	static Map<String, String> pairs(List<String> values) {
		Map<String, String> pairs = new HashMap<>();
		for (int i = 0; i < values.size(); i += 2) {
			pairs.put(values.get(i), values.get(i + 1));
		}
		return pairs;
	}

	@Override
	public boolean hasWork() {
		Long found = this.scripts.call(() -> this.template
			.countExistingKeys(List.of(this.keys.waiting(), this.keys.unfinished(), this.keys.late())));
		return found != null && found > 0;
	}

	@Override
	public @Nullable Lease acquire() {
		String token = this.scripts.text(ACQUIRE, List.of(this.keys.lease()), this.holder,
				Long.toString(this.lease.toMillis()), UUID.randomUUID().toString());
		return token.isEmpty() ? null : new RedisLease(new FencedScripts(this.scripts, this.keys, token), this,
				this.keys, this.lease, this.freshWindow);
	}

	@Override
	public @Nullable String refusal() {
		return this.scripts.call(() -> this.template.opsForValue().get(this.keys.refusal()));
	}

	@Override
	public long billedThisMonth() {
		String billed = this.scripts.call(() -> this.template.opsForValue().get(this.keys.billed(month().toString())));
		return (billed != null) ? Long.parseLong(billed) : 0;
	}

	YearMonth month() {
		return YearMonth.now(this.clock.withZone(ZoneOffset.UTC));
	}

	PathPatterns patterns() {
		return this.patterns;
	}

	RecentRuns recent() {
		return this.recent;
	}

	/**
	 * The ids of runs that could not be read, so that this is logged once.
	 */
	Set<String> unreadable() {
		return this.unreadable;
	}

	Replicas replicas() {
		return this.replicas;
	}

	StringRedisTemplate template() {
		return this.template;
	}

}
