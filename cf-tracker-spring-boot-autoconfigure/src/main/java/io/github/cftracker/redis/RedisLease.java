package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.Claim;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.CallerReference;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunLedger;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Lease} in Redis. Every step is one script, which first compares the holder's
 * token.
 */
final class RedisLease implements Lease {

	private static final RedisScript<Long> RENEW = RedisScripts.fenced("lease-renew.lua");

	private static final RedisScript<Long> RELEASE = RedisScripts.fenced("lease-release.lua");

	private static final RedisScript<Long> REFUSAL = RedisScripts.fenced("lease-refusal.lua");

	private static final RedisScript<Long> START = RedisScripts.fenced("run-start.lua");

	private static final RedisScript<Long> SAVE = RedisScripts.fenced("run-save.lua");

	private static final RedisScript<Long> PLAN = RedisScripts.fenced("run-plan.lua");

	private static final RedisScript<Long> FINISH = RedisScripts.fenced("run-finish.lua");

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	private final Duration lease;

	private final Duration freshWindow;

	private final RunWriter writer;

	private final RunIndex index;

	private final RedisClaims claims;

	private final FrozenBatches batches;

	private final LatePaths late;

	private final RedisPace pace;

	RedisLease(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys, Duration lease, Duration freshWindow) {
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
		this.lease = lease;
		this.freshWindow = freshWindow;
		this.writer = new RunWriter(scripts);
		this.index = new RunIndex(scripts, ledger, keys);
		this.claims = new RedisClaims(scripts, ledger.connection(), keys, freshWindow, ledger.patterns());
		this.batches = new FrozenBatches(scripts, this.writer, ledger.connection(), keys, freshWindow);
		this.late = new LatePaths(scripts, keys, freshWindow, ledger.patterns());
		this.pace = new RedisPace(scripts, ledger.connection(), keys);
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
		return this.index.unfinished();
	}

	@Override
	public List<Run> reopen() {
		return this.index.reopen();
	}

	@Override
	public Optional<Run> nextWaiting() {
		return this.index.nextWaiting();
	}

	@Override
	public boolean isGathering() {
		return this.index.isGathering();
	}

	@Override
	public void start(Run run) {
		this.scripts.number(START,
				this.writer.write(run).on(this.keys.waiting(), this.keys.unfinished()).with(run.id()));
	}

	@Override
	public Claim claim(Run run) {
		return this.claims.claim(run, this.writer.write(run));
	}

	@Override
	public Claim claimLate(Run run, Collection<String> paths) {
		return this.claims.claimLate(run, paths);
	}

	@Override
	public String claimName(Run run, boolean late) {
		return this.claims.name(run, late);
	}

	@Override
	public void save(Run run, Batch... changed) {
		this.ledger.recent().remember(run);
		this.scripts.number(SAVE, this.writer.write(run, changed));
	}

	@Override
	public List<String> freeze(Run run, Batch batch, List<String> items) {
		return this.batches.freeze(run, batch, items);
	}

	@Override
	public boolean isSafe(Run run, Batch batch) {
		boolean safe = this.ledger.replicas().have(this.keys.run(run.id()), RunCodec.fields(run, batch));
		if (safe) {
			this.ledger.recent().sending(run, batch);
		}
		return safe;
	}

	@Override
	public List<String> items(Run run, Batch batch) {
		return this.batches.items(run, batch);
	}

	@Override
	public void split(Run run, Batch parent, Batch first, Batch second) {
		this.batches.split(run, parent, first, second);
	}

	@Override
	public void rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice) {
		this.batches.rename(run, batch, renamed, possiblyBilledTwice);
	}

	@Override
	public void accept(Run run, Batch batch, List<String> covering) {
		if (CallerReference.isLate(batch.callerReference())) {
			this.ledger.recent().remember(run);
		}
		else {
			this.ledger.recent().accepted(run);
		}
		this.batches.accept(run, batch, covering, this.ledger.month());
		this.ledger.recent().checkSoon();
	}

	@Override
	public void reject(Run run, Batch batch) {
		this.batches.reject(run, batch, this.ledger.month());
	}

	@Override
	public void giveBack(Run run, Batch batch) {
		this.batches.giveBack(run, batch);
	}

	@Override
	public Set<String> acceptedCovering(Run run) {
		return this.scripts.unfenced()
			.call(() -> this.ledger.connection().smembers(this.keys.acceptedCovering(run.id())));
	}

	@Override
	public @Nullable List<String> planned(Run run) {
		boolean planned = this.scripts.unfenced()
			.call(() -> this.ledger.connection().hexists(this.keys.run(run.id()), "planned"));
		return planned ? this.scripts.unfenced().call(() -> this.ledger.connection().lrange(this.keys.plan(run.id())))
				: null;
	}

	@Override
	public void plan(Run run, List<String> items) {
		int start = 0;
		do {
			int end = Math.min(start + RedisScripts.CHUNK, items.size());
			this.scripts.number(PLAN,
					this.scripts.call(run.id(), List.of())
						.on(this.keys.plan(run.id()))
						.with((start == 0) ? 1 : 0, (end == items.size()) ? 1 : 0)
						.withAll(items.subList(start, end)));
			start = end;
		}
		while (start < items.size());
	}

	@Override
	public Run finish(Run run) {
		boolean settled = run.batches().stream().noneMatch((batch) -> batch.state() == BatchState.SENDING);
		this.scripts.number(FINISH,
				this.writer.write(run)
					.on(this.keys.unfinished(), this.keys.unsettled(), this.keys.accepted(),
							this.keys.acceptedCovering(run.id()), this.keys.plan(run.id()), this.keys.runs())
					.with(run.id(), settled ? 1 : 0, mayBeFollowed(run) ? 1 : 0, unlisted(run)));
		Run finished = this.ledger.find(run.id()).orElse(run);
		this.ledger.recent().remember(finished);
		this.ledger.recent().checkSoon();
		return finished;
	}

	/**
	 * For how long a run is kept that is not listed, in ms.
	 */
	private long unlisted(Run run) {
		return RunLedger.isEmptyCommit(run) ? this.freshWindow.plus(RunLedger.FOUND_LONGER).toMillis() : 0;
	}

	private static boolean mayBeFollowed(Run run) {
		return run.state() != State.FAILED
				|| run.batches().stream().anyMatch((batch) -> batch.invalidationId() != null);
	}

	@Override
	public List<FollowUp> followUps() {
		return this.late.followUps(this.index::findReadable);
	}

	@Override
	public Instant now() {
		return Instant.ofEpochMilli(this.scripts.unfenced().number(RedisScripts.NOW, List.of(this.keys.paths())));
	}

	@Override
	public BatchLimit batchLimit() {
		return this.pace.batchLimit();
	}

	@Override
	public void limitBatches(BatchLimit limit) {
		this.pace.limitBatches(limit);
	}

	@Override
	public Duration untilFree(Collection<Usage> longest) {
		return this.pace.untilFree(longest);
	}

	@Override
	public void use(Collection<Usage> usages) {
		this.pace.use(usages);
	}

	@Override
	public void refusal(@Nullable String refusal) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.refusal());
		this.scripts.number(REFUSAL, (refusal != null) ? call.with(refusal) : call);
	}

}
