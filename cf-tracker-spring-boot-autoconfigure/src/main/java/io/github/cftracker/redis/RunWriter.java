package io.github.cftracker.redis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;

/**
 * Begins calls that write a run down, as far as it has changed.
 */
final class RunWriter {

	private final Map<String, Integer> rejectedWritten = new ConcurrentHashMap<>();

	private final FencedScripts scripts;

	RunWriter(FencedScripts scripts) {
		this.scripts = scripts;
	}

	FencedScripts.Call write(Run run, Batch... changed) {
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
