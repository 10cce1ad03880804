package io.github.cftracker.redis;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.Run;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * Which runs wait, and which have something to be done.
 */
final class RunIndex {

	private static final Logger logger = LoggerFactory.getLogger(RunIndex.class);

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> REOPEN = RedisScripts.fencedList("run-reopen.lua");

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	RunIndex(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys) {
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
	}

	List<Run> unfinished() {
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
			if (this.ledger.unreadable().remove(id)) {
				logger.info("Run {} can be read again", id);
			}
			if (run.isEmpty()) {
				logger.warn("Run {} no longer exists in Redis. It is removed from the queue", id);
				this.scripts.unfenced()
					.call(() -> this.ledger.template().opsForZSet().remove(this.keys.unfinished(), id));
				this.scripts.unfenced()
					.call(() -> this.ledger.template().opsForList().remove(this.keys.waiting(), 0, id));
			}
			return run;
		}
		catch (IllegalArgumentException ex) {
			if (this.ledger.unreadable().add(id)) {
				logger.warn("Could not read run {}, which may have been written by a newer version of cf-tracker: {}",
						id, LogText.clean(ex.getMessage()));
			}
			return Optional.empty();
		}
	}

	List<Run> reopen() {
		return all(this.scripts.list(REOPEN, this.scripts.call().on(this.keys.unsettled(), this.keys.unfinished())));
	}

	Optional<Run> nextWaiting() {
		String id = this.scripts.unfenced()
			.call(() -> this.ledger.template().opsForList().index(this.keys.waiting(), 0));
		return Optional.ofNullable(id).flatMap(this::find);
	}

}
