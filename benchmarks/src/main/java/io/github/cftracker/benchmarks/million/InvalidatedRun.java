package io.github.cftracker.benchmarks.million;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.Heap;

/**
 * A run over everything, as the application saw it.
 *
 * @param state how it ended
 * @param requestedAt when it was requested, in ms since the epoch
 * @param millis how long it took until everything was completed
 * @param items what is billed
 * @param peak what was alive in the heap at the most, 0 if nobody looked
 * @param samples how often somebody looked
 */
record InvalidatedRun(String state, long requestedAt, long millis, long items, long peak, int samples) {

	private static final String QUESTION = "invalidate ";

	/**
	 * Has a process invalidate everything.
	 * @param application the process
	 * @param interval how often to look at the heap, in ms, 0 for never
	 */
	static InvalidatedRun of(ChildJvm application, long interval) {
		String[] values = application.ask(QUESTION + interval).split(" ", -1);
		InvalidatedRun run = new InvalidatedRun(values[0], Long.parseLong(values[1]), Long.parseLong(values[2]),
				Long.parseLong(values[3]), Long.parseLong(values[4]), Integer.parseInt(values[5]));
		if (!run.state.equals(Run.State.COMPLETED.name())) {
			throw new IllegalStateException("The run ended as %s".formatted(run.state));
		}
		return run;
	}

	/**
	 * Invalidates everything in this process.
	 */
	static InvalidatedRun answer(String question, CloudFrontInvalidator invalidator, Heap heap) {
		long interval = Long.parseLong(question.substring(QUESTION.length()));
		long requestedAt = System.currentTimeMillis();
		RunHandle handle = invalidator.invalidateAll();
		Heap.Watched watched = (interval > 0) ? heap.during(interval, () -> handle.completion().join())
				: new Heap.Watched(0, 0);
		Run run = handle.completion().join();
		Long items = run.items();
		return new InvalidatedRun(run.state().name(), requestedAt, System.currentTimeMillis() - requestedAt,
				(items != null) ? items : 0, watched.peak(), watched.samples());
	}

	@Override
	public String toString() {
		return "%s %d %d %d %d %d".formatted(this.state, this.requestedAt, this.millis, this.items, this.peak,
				this.samples);
	}

}
