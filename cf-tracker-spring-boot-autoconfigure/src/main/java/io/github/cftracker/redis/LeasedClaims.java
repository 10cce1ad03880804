package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.Run;
import io.github.cftracker.Selection;

import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Claims for runs in the ledger.
 */
final class LeasedClaims {

	private static final RedisScript<Long> ALL = RedisScripts.fenced("run-claim-all.lua");

	private static final RedisScript<Long> SOME = RedisScripts.fenced("run-claim-some.lua");

	private static final RedisScript<Long> LATE = RedisScripts.fenced("run-claim-late.lua");

	private static final int NAME_LENGTH = 8;

	private final FencedScripts scripts;

	private final StringRedisTemplate template;

	private final RedisKeys keys;

	private final Duration freshWindow;

	LeasedClaims(FencedScripts scripts, StringRedisTemplate template, RedisKeys keys, Duration freshWindow) {
		this.scripts = scripts;
		this.template = template;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	LeasedClaim claim(Run run, FencedScripts.Call call) {
		Long claimed = run.paths();
		if (claimed != null) {
			// What was tracked since then is not part of it
			return open(run, claimed);
		}
		return open(run, run.selection().isEverything() ? claimAll(run, call) : claimSelected(run));
	}

	private LeasedClaim open(Run run, long size) {
		return new LeasedClaim(this.scripts, this.keys, run.id(), size);
	}

	private long claimAll(Run run, FencedScripts.Call call) {
		return this.scripts.number(
				ALL, call
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.accepted(),
							this.keys.late())
					.with(run.id(), this.freshWindow.toMillis(), newName()));
	}

	private static String newName() {
		return UUID.randomUUID().toString().substring(0, NAME_LENGTH);
	}

	String name(Run run, boolean late) {
		String field = late ? "lateClaim" : "claim";
		String name = this.scripts.unfenced()
			.call(() -> this.template.<String, String>opsForHash().get(this.keys.run(run.id()), field));
		return (name != null) ? name : "";
	}

	private long claimSelected(Run run) {
		Selection selection = run.selection();
		long size = claim(run, List.of());
		List<String> exact = selection.exactPaths();
		for (int start = 0; start < exact.size(); start += RedisUrlStore.CHUNK) {
			size = claim(run, exact.subList(start, Math.min(start + RedisUrlStore.CHUNK, exact.size())));
		}
		for (String prefix : selection.prefixes()) {
			size = claimBelow(run, prefix, size);
		}
		return size;
	}

	private long claimBelow(Run run, String prefix, long before) {
		ScanOptions options = RedisGlob.scanOptions(prefix, RedisUrlStore.CHUNK);
		return this.scripts.unfenced().call(() -> {
			long size = before;
			List<String> chunk = new ArrayList<>(RedisUrlStore.CHUNK);
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet().scan(this.keys.paths(), options)) {
				while (cursor.hasNext()) {
					chunk.add(String.valueOf(cursor.next().getValue()));
					if (chunk.size() == RedisUrlStore.CHUNK) {
						size = claim(run, chunk);
						chunk.clear();
					}
				}
			}
			return chunk.isEmpty() ? size : claim(run, chunk);
		});
	}

	private long claim(Run run, List<String> paths) {
		return this.scripts.number(SOME,
				this.scripts.call(run.id(), List.of())
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.accepted())
					.with(run.id(), this.freshWindow.toMillis(), newName())
					.withAll(paths));
	}

	LeasedClaim claimLate(Run run, Collection<String> paths) {
		long size = this.scripts.number(LATE,
				this.scripts.call(run.id(), List.of())
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.late(),
							this.keys.unfinished())
					.with(run.id(), newName())
					.withAll(paths));
		return open(run, size);
	}

}
