package io.github.cftracker.redis;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LedgerStatus;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunList;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.run.RunsInBrief;
import io.github.cftracker.run.UnreadableRunException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunLedger} in Redis, next to the tracked paths of a {@link RedisUrlStore}: any
 * node shows any node's run, and finishes it where its own node is gone. All times are by
 * Redis' clock.
 */
public final class RedisRunLedger implements RunLedger {

	private static final RedisScript<List<String>> REQUEST = RedisScripts.returningList("run-request.lua");

	private static final RedisScript<List<String>> LIST = RedisScripts.returningList("runs-list.lua");

	private static final RedisScript<List<String>> BRIEF = RedisScripts.returningList("runs-brief.lua");

	private static final RedisScript<List<String>> STATUS = RedisScripts.returningList("ledger-status.lua");

	private static final RedisScript<String> ACQUIRE = RedisScripts.returningText("lease-acquire.lua");

	private static final int MAX_CHECKED = 100;

	private final String holder = UUID.randomUUID().toString();

	private final RedisConnection connection;

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final LedgerSettings settings;

	private final PathPatterns patterns;

	private final Clock clock;

	private final Replicas replicas;

	private final RunReplayLog recent;

	private final UnreadableRuns unreadable = new UnreadableRuns();

	/**
	 * Create a ledger.
	 * @param redis the connection
	 * @param keys the names of the keys
	 * @param settings times and numbers
	 * @param patterns understands the patterns of a selection
	 * @param clock clock for the present month
	 */
	public RedisRunLedger(TrackerRedisConnection redis, RedisKeys keys, LedgerSettings settings, PathPatterns patterns,
			Clock clock) {
		this.connection = redis.connection();
		this.scripts = new RedisScripts(this.connection);
		this.keys = keys;
		this.settings = settings;
		this.patterns = patterns;
		this.clock = clock;
		this.replicas = new Replicas(this.scripts, this.connection, keys, settings.waitReplicas());
		this.recent = new RunReplayLog(this.scripts, keys, settings.freshWindow());
	}

	@Override
	public Optional<Run> request(String id, InvalidationRequest request) {
		Selection selection = request.selection();
		Trigger trigger = request.trigger();
		String requestedBy = request.requestedBy();
		InvalidationRequest.Once once = request.once();
		String run = this.keys.run(id);
		List<String> keys = List.of(this.keys.waiting(), this.keys.runs(), run,
				(once != null) ? this.keys.once(once.name()) : run);
		long remembered = (once != null) ? once.remembered().toMillis() : 0;
		List<String> fields = new ArrayList<>(RunCodec.selectionFields(selection));
		// What is large is not compared
		String compared = (fields.size() == 2) ? fields.get(1) : "";
		fields.addAll(List.of("state", State.QUEUED.name(), RunCodec.TRIGGER, trigger.name()));
		if (requestedBy != null) {
			fields.addAll(List.of(RunCodec.REQUESTED_BY, requestedBy));
		}
		List<String> skipped = new ArrayList<>();
		while (true) {
			List<Object> args = new ArrayList<>(List.of(id, Integer.toString(MAX_WAITING), this.keys.run(""),
					Integer.toString(this.settings.history()), this.keys.unfinished(), this.keys.unsettled(),
					this.keys.accepted(), Long.toString(remembered), compared, trigger.name(), this.holder,
					Integer.toString(skipped.size())));
			args.addAll(skipped);
			args.addAll(fields);
			List<String> outcome = this.scripts.list(REQUEST, keys, args.toArray());
			switch (outcome.get(0)) {
				case "before" -> {
					return Optional.empty();
				}
				case "full" ->
					throw new RejectedExecutionException("%d runs are already queued".formatted(MAX_WAITING));
				default -> {
					try {
						return Optional.of(requested(outcome.get(1), pairs(outcome.subList(2, outcome.size()))));
					}
					catch (UnreadableRunException ex) {
						if (skipped.contains(outcome.get(1)) || id.equals(outcome.get(1))) {
							throw ex;
						}
						// Nobody may join it
						skipped.add(outcome.get(1));
					}
				}
			}
		}
	}

	private Run requested(String id, Map<String, String> fields) {
		Run run = this.unreadable.read(id, fields);
		this.recent.requested(run, RunCodec.REQUESTS + this.holder, fields.get(RunCodec.REQUESTS + this.holder));
		this.recent.checkSoon();
		return run;
	}

	@Override
	public Optional<Run> find(String id) {
		Map<String, String> fields = fields(id);
		if (fields.isEmpty()) {
			this.unreadable.forget(id);
			return Optional.empty();
		}
		Run run = this.unreadable.read(id, fields);
		this.recent.saw(run);
		return Optional.of(run);
	}

	private Map<String, String> fields(String id) {
		try {
			return this.scripts.hash(this.keys.run(id));
		}
		catch (StoreUnavailableException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.contains("WRONGTYPE")) {
				return Map.of(UnreadableRuns.UNREADABLE, message);
			}
			throw ex;
		}
	}

	private boolean isUnreadable(String id) {
		try {
			find(id);
			return false;
		}
		catch (UnreadableRunException ex) {
			return true;
		}
	}

	@Override
	public void restoreForgotten() {
		this.recent.check();
	}

	@Override
	public RunList list(int finished) {
		List<Object> args = new ArrayList<>(
				List.of(this.keys.run(""), Integer.toString(Math.min(finished, this.settings.history())),
						Integer.toString(RunSummary.MAX_VALUES), Integer.toString(RunSummary.MAX_LENGTH)));
		args.addAll(RunCodec.LISTED);
		List<String> found = this.scripts.list(LIST, List.of(this.keys.runs()), args.toArray());
		return new RunList(summaries(found), unreadable());
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Reads only the state of other runs. A run that cannot be read is noticed when it is
	 * the newest or the oldest unfinished one.
	 */
	@Override
	public RunsInBrief brief() {
		List<String> unreadable = unreadable();
		List<String> known = this.unreadable.ids();
		List<Object> args = new ArrayList<>(List.of(this.keys.run(""), Integer.toString(RunCodec.LISTED.size())));
		args.addAll(RunCodec.LISTED);
		args.addAll(known);
		List<String> found = this.scripts.list(BRIEF, List.of(this.keys.runs()), args.toArray());
		List<RunSummary> runs = summaries(found.subList(1, found.size()));
		if (!this.unreadable.ids().equals(known)) {
			return RunLedger.super.brief();
		}
		return new RunsInBrief(runs.isEmpty() ? null : runs.get(0).run(), (runs.size() > 1) ? runs.get(1).run() : null,
				Integer.parseInt(found.get(0)), unreadable);
	}

	private List<RunSummary> summaries(List<String> found) {
		List<RunSummary> runs = new ArrayList<>();
		int position = 0;
		while (position < found.size()) {
			int end = position + 2 + Integer.parseInt(found.get(position + 1));
			summary(found.get(position), pairs(found.subList(position + 2, end))).ifPresent(runs::add);
			position = end;
		}
		return runs;
	}

	private List<String> unreadable() {
		return this.unreadable.ids().stream().limit(MAX_CHECKED).filter(this::isUnreadable).toList();
	}

	private Optional<RunSummary> summary(String id, Map<String, String> fields) {
		try {
			Run run = this.unreadable.readPart(id, fields);
			String total = fields.get(RunCodec.TOTAL);
			return Optional.of(new RunSummary(run, (total != null) ? Integer.parseInt(total) : run.selection().size()));
		}
		catch (UnreadableRunException ex) {
			return Optional.empty();
		}
	}

	static Map<String, String> pairs(List<String> values) {
		Map<String, String> pairs = new HashMap<>();
		for (int i = 0; i < values.size(); i += 2) {
			pairs.put(values.get(i), values.get(i + 1));
		}
		return pairs;
	}

	@Override
	public LedgerStatus status() {
		List<String> status = this.scripts.list(STATUS, List.of(this.keys.waiting(), this.keys.unfinished(),
				this.keys.late(), this.keys.billed(month().toString()), this.keys.refusal()));
		return new LedgerStatus(!"0".equals(status.get(0)), Long.parseLong(status.get(1)),
				(status.size() > 2) ? status.get(2) : null);
	}

	@Override
	public @Nullable Lease acquire() {
		String token = this.scripts.text(ACQUIRE, List.of(this.keys.lease()), this.holder,
				Long.toString(this.settings.lease().toMillis()), UUID.randomUUID().toString());
		return token.isEmpty() ? null : new RedisLease(new FencedScripts(this.scripts, this.keys, token), this,
				this.keys, this.settings.lease(), this.settings.freshWindow());
	}

	YearMonth month() {
		return YearMonth.now(this.clock.withZone(ZoneOffset.UTC));
	}

	PathPatterns patterns() {
		return this.patterns;
	}

	RunReplayLog recent() {
		return this.recent;
	}

	Replicas replicas() {
		return this.replicas;
	}

	RedisConnection connection() {
		return this.connection;
	}

}
