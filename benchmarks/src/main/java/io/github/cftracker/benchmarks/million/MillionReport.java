package io.github.cftracker.benchmarks.million;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.million.Runs.Finished;

/**
 * What is said of a million paths.
 */
final class MillionReport {

	private final Report report;

	MillionReport(Report report) {
		this.report = report;
	}

	void memory(int count, long ours, long original) {
		this.report.add("## Memory of Redis");
		this.report.add(List.of("layout", "paths", "bytes per path"),
				List.of(List.of("one sorted set", number(count), number(ours / count)),
						List.of("a key for each, with an expiry", number(count), number(original / count))));
	}

	void runs(List<Finished> runs) {
		this.report.add("## A run over everything");
		this.report.add("""
				The application, the local CloudFront, Redis and the other clients share the processors. \
				CloudFront answers immediately, without quotas. \
				Times are measured from the request until CloudFront has accepted the batch.""");
		this.report.add(
				List.of("paths", "per batch", "batches", "billed", "first batch, s", "last batch, s", "completed, s",
						"Redis busy with scripts, s"),
				runs.stream()
					.map((run) -> List.of(number(run.books().paths()), number(run.batchSize()),
							number(run.books().batches()), number(run.books().items()),
							seconds(run.books().first() - run.run().requestedAt()),
							seconds(run.books().last() - run.run().requestedAt()), seconds(run.run().millis()),
							String.format(Locale.ROOT, "%.2f", run.redisSeconds())))
					.toList());
	}

	void heap(List<Finished> watched, Finished small) {
		this.report.add("## Heap of a run");
		this.report.add("""
				Live objects: the heap after full collections, which are forced continuously during the run. \
				They exclude garbage and objects that live for less time than one collection takes. \
				The last line therefore shows the same run without forced collections, in a heap of that size.""");
		List<List<String>> rows = new ArrayList<>();
		for (Finished run : watched) {
			rows.add(List.of(number(run.books().paths()), number(run.batchSize()), number(run.heapMegabytes()),
					megabytes(run.idle()), megabytes(run.run().peak()), megabytes(run.run().peak() - run.idle()),
					number(run.run().samples())));
		}
		rows.add(List.of(number(small.books().paths()), number(small.batchSize()), number(small.heapMegabytes()),
				megabytes(small.idle()), "completes", "completes", "none"));
		this.report.add(List.of("paths", "per batch", "-Xmx, MB", "alive before, MB", "peak alive, MB",
				"more than before, MB", "collections"), rows);
	}

	void steps(List<StoreStep> steps) {
		this.report.add("## What the store does");
		this.report.add(List.of("what", "paths", "ms", "Redis busy, ms"),
				steps.stream()
					.map((step) -> List.of(step.beside().what(), number(step.found()),
							String.format(Locale.ROOT, "%.1f", step.beside().seconds() * 1000),
							String.format(Locale.ROOT, "%.3f", step.redisMicros() / 1000.0)))
					.toList());
	}

	void waits(List<Beside> waits) {
		this.report.add("## How long others wait for Redis");
		this.report.add("Each client sends a command every millisecond.");
		this.report.add(Beside.HEADER, waits.stream().map(Beside::row).toList());
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	private static String seconds(long millis) {
		return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
	}

	private static String megabytes(long bytes) {
		return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
	}

}
