package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Claim;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.run.CallerReference;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * A {@link Lease} in Redis. Every step is one script, which first compares the holder's
 * token. A frozen batch is a claim under its caller reference, so that what is untracked
 * meanwhile is remembered alike.
 */
final class RedisLease implements Lease {

	private static final Logger logger = LoggerFactory.getLogger(RedisLease.class);

	private static final RedisScript<Long> RENEW = RedisScripts.fenced("lease-renew.lua");

	private static final RedisScript<Long> RELEASE = RedisScripts.fenced("lease-release.lua");

	private static final RedisScript<Long> USE = RedisScripts.fenced("lease-use.lua");

	private static final RedisScript<Long> FREE = RedisScripts.fenced("lease-free.lua");

	private static final RedisScript<Long> REFUSAL = RedisScripts.fenced("lease-refusal.lua");

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> REOPEN = RedisScripts.fencedList("run-reopen.lua");

	private static final RedisScript<Long> START = RedisScripts.fenced("run-start.lua");

	private static final RedisScript<Long> SAVE = RedisScripts.fenced("run-save.lua");

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> FREEZE = RedisScripts.fencedList("run-freeze.lua");

	private static final RedisScript<Long> SPLIT = RedisScripts.fenced("run-split.lua");

	private static final RedisScript<Long> RENAME = RedisScripts.fenced("run-rename.lua");

	private static final RedisScript<Long> SETTLE = RedisScripts.fenced("run-settle.lua");

	private static final RedisScript<Long> FINISH = RedisScripts.fenced("run-finish.lua");

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> FOLLOW_UPS = RedisScripts.fencedList("run-follow-ups.lua");

	private static final RedisScript<Long> DROP_LATE = RedisScripts.fenced("run-drop-late.lua");

	private final Map<String, Integer> rejectedWritten = new ConcurrentHashMap<>();

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	private final Duration lease;

	private final Duration freshWindow;

	private final LeasedClaims claims;

	RedisLease(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys, Duration lease, Duration freshWindow) {
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
		this.lease = lease;
		this.freshWindow = freshWindow;
		this.claims = new LeasedClaims(scripts, ledger.template(), keys, freshWindow);
	}

	@Override
	public void renew() {
		this.scripts.number(RENEW, this.scripts.call().with(this.lease.toMillis()));
	}

	@Override
	public void release() {
		this.scripts.number(RELEASE, this.scripts.call());
	}

	@Override
	public List<Run> unfinished() {
		Set<String> ids = this.scripts.unfenced()
			.call(() -> this.ledger.template().opsForZSet().range(this.keys.unfinished(), 0, -1));
		return (ids != null) ? all(ids) : List.of();
	}

	private List<Run> all(Collection<String> ids) {
		return ids.stream().flatMap((id) -> find(id).stream()).toList();
	}

	/**
	 * A run that Redis has lost, or that a newer version has written in a way of its own,
	 * must not hold up the others.
	 */
	private Optional<Run> find(String id) {
		try {
			Optional<Run> run = this.ledger.find(id);
			if (run.isEmpty()) {
				logger.warn("Run {} is not in Redis any more", id);
				this.scripts.unfenced()
					.call(() -> this.ledger.template().opsForZSet().remove(this.keys.unfinished(), id));
				this.scripts.unfenced()
					.call(() -> this.ledger.template().opsForList().remove(this.keys.waiting(), 0, id));
			}
			return run;
		}
		catch (IllegalArgumentException ex) {
			logger.warn("Run {} cannot be read, another node may have a newer version: {}", id, ex.getMessage());
			return Optional.empty();
		}
	}

	@Override
	public List<Run> reopen() {
		return all(this.scripts.list(REOPEN, this.scripts.call().on(this.keys.unsettled(), this.keys.unfinished())));
	}

	@Override
	public Optional<Run> nextWaiting() {
		String id = this.scripts.unfenced()
			.call(() -> this.ledger.template().opsForList().index(this.keys.waiting(), 0));
		return Optional.ofNullable(id).flatMap(this::find);
	}

	@Override
	public void start(Run run) {
		this.scripts.number(START, write(run).on(this.keys.waiting(), this.keys.unfinished()).with(run.id()));
	}

	@Override
	public Claim claim(Run run) {
		return this.claims.claim(run, write(run));
	}

	@Override
	public Claim claimLate(Run run, Collection<String> paths) {
		return this.claims.claimLate(run, paths);
	}

	@Override
	public void save(Run run, Batch... changed) {
		this.scripts.number(SAVE, write(run, changed));
	}

	@Override
	public List<String> freeze(Run run, Batch batch, List<String> items) {
		String reference = batch.callerReference();
		return this.scripts.list(FREEZE,
				write(run, batch)
					.on(this.keys.claims(), this.keys.claim(run.id()), this.keys.untracked(run.id()),
							this.keys.claim(reference), this.keys.untracked(reference))
					.with(reference)
					.withAll(items));
	}

	@Override
	public List<String> items(Run run, Batch batch) {
		Set<String> items = this.scripts.unfenced()
			.call(() -> this.ledger.template().opsForZSet().range(this.keys.claim(batch.callerReference()), 0, -1));
		return (items != null) ? List.copyOf(items) : List.of();
	}

	@Override
	public void split(Run run, Batch parent, Batch first, Batch second) {
		this.scripts.number(SPLIT,
				write(run, parent, first, second).on(this.keys.claims())
					.on(frozen(parent))
					.on(frozen(first))
					.on(frozen(second))
					.with(parent.callerReference(), first.callerReference(), second.callerReference(), first.items()));
	}

	@Override
	public void rename(Run run, Batch batch, Batch renamed) {
		this.scripts.number(RENAME,
				write(run, batch, renamed).on(this.keys.claims())
					.on(frozen(batch))
					.on(frozen(renamed))
					.with(batch.callerReference(), renamed.callerReference()));
	}

	private String[] frozen(Batch batch) {
		return new String[] { this.keys.claim(batch.callerReference()), this.keys.untracked(batch.callerReference()) };
	}

	@Override
	public void accept(Run run, Batch batch, List<String> wildcards) {
		String original = CallerReference.isLate(batch.callerReference()) ? "" : run.id();
		settle(run, batch, original, wildcards);
	}

	@Override
	public void reject(Run run, Batch batch) {
		settle(run, batch, "", List.of());
	}

	private void settle(Run run, Batch batch, String accepted, List<String> wildcards) {
		this.scripts.number(SETTLE,
				write(run, batch).on(this.keys.claims())
					.on(frozen(batch))
					.on(this.keys.accepted(), this.keys.acceptedWildcards(run.id()))
					.with(batch.callerReference(), accepted, this.freshWindow.toMillis())
					.withAll(wildcards));
	}

	@Override
	public void giveBack(Run run, Batch batch) {
		// In one part: a batch is small, and whoever resumes must find all of it or none
		LeasedClaim.end(this.scripts, write(run, batch), this.keys, batch.callerReference(), batch.items());
	}

	@Override
	public Set<String> acceptedWildcards(Run run) {
		Set<String> wildcards = this.scripts.unfenced()
			.call(() -> this.ledger.template().opsForSet().members(this.keys.acceptedWildcards(run.id())));
		return (wildcards != null) ? wildcards : Set.of();
	}

	@Override
	public Run finish(Run run) {
		boolean settled = run.batches().stream().noneMatch((batch) -> batch.state() == BatchState.SENDING);
		this.scripts.number(FINISH,
				write(run)
					.on(this.keys.unfinished(), this.keys.unsettled(), this.keys.accepted(),
							this.keys.acceptedWildcards(run.id()))
					.with(run.id(), settled ? 1 : 0, mayBeFollowed(run) ? 1 : 0));
		return this.ledger.find(run.id()).orElse(run);
	}

	private static boolean mayBeFollowed(Run run) {
		return run.state() != State.FAILED
				|| run.batches().stream().anyMatch((batch) -> batch.invalidationId() != null);
	}

	@Override
	public List<FollowUp> followUps() {
		List<String> found = this.scripts.list(FOLLOW_UPS,
				this.scripts.call()
					.on(this.keys.accepted(), this.keys.late())
					.with(this.freshWindow.toMillis(), RedisUrlStore.CHUNK));
		int recent = 1 + 2 * Integer.parseInt(found.get(0));
		Map<String, Instant> late = times(found.subList(recent, found.size()));
		if (late.isEmpty()) {
			return List.of();
		}
		Map<Run, Instant> runs = new LinkedHashMap<>();
		times(found.subList(1, recent))
			.forEach((id, time) -> this.ledger.find(id).ifPresent((run) -> runs.put(run, time)));
		List<FollowUp> followUps = FollowUp.of(late, runs);
		List<String> others = new ArrayList<>(late.keySet());
		followUps.forEach((followUp) -> others.removeAll(Set.copyOf(followUp.paths())));
		if (!others.isEmpty()) {
			this.scripts.number(DROP_LATE, this.scripts.call().on(this.keys.late()).withAll(others));
		}
		return followUps;
	}

	private static Map<String, Instant> times(List<String> values) {
		Map<String, Instant> times = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i += 2) {
			times.put(values.get(i), Instant.ofEpochMilli((long) Double.parseDouble(values.get(i + 1))));
		}
		return times;
	}

	@Override
	public Duration untilFree(Set<String> resources) {
		return Duration
			.ofMillis(this.scripts.number(FREE, this.scripts.call().on(this.keys.pace()).withAll(resources)));
	}

	@Override
	public void use(Collection<Usage> usages) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.pace());
		usages.forEach(
				(usage) -> call.with(usage.resource(), usage.cost().toNanos() / 1e6, usage.credit().toNanos() / 1e6));
		this.scripts.number(USE, call);
	}

	@Override
	public void refusal(@Nullable String refusal) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.refusal());
		this.scripts.number(REFUSAL, (refusal != null) ? call.with(refusal) : call);
	}

	private FencedScripts.Call write(Run run, Batch... changed) {
		List<String> fields = RunCodec.fields(run);
		for (Batch batch : changed) {
			fields.addAll(RunCodec.fields(run, batch));
		}
		List<RejectedPath> rejected = run.rejected();
		for (int i = this.rejectedWritten.getOrDefault(run.id(), 0); i < rejected.size(); i++) {
			fields.addAll(RunCodec.fields(i, rejected.get(i)));
		}
		this.rejectedWritten.put(run.id(), rejected.size());
		return this.scripts.call(run.id(), fields);
	}

}
