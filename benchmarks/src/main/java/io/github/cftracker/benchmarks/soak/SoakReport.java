package io.github.cftracker.benchmarks.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;

import io.github.cftracker.benchmarks.Report;

/**
 * The first and the last minute side by side, and all of them.
 */
final class SoakReport {

	/**
	 * By name, of a minute and the one before.
	 */
	private static final Map<String, ToDoubleBiFunction<Minute, Minute>> COLUMNS = new LinkedHashMap<>();

	static {
		COLUMNS.put("heap alive, MB", (minute, before) -> megabytes(minute.application().heap()));
		COLUMNS.put("other memory of the JVM, MB", (minute, before) -> megabytes(minute.application().nonHeap()));
		COLUMNS.put("threads", (minute, before) -> minute.application().threads());
		COLUMNS.put("open files", (minute, before) -> minute.application().files());
		COLUMNS.put("Redis, MB", (minute, before) -> megabytes(minute.redisMemory()));
		COLUMNS.put("Redis keys", (minute, before) -> minute.redisKeys());
		COLUMNS.put("tracked", (minute, before) -> minute.application().tracked());
		COLUMNS.put("runs completed",
				(minute, before) -> minute.application().completed() - before.application().completed());
		COLUMNS.put("runs failed", (minute, before) -> minute.application().failed() - before.application().failed());
		COLUMNS.put("items sent", (minute, before) -> minute.application().items() - before.application().items());
		COLUMNS.put("requests", (minute, before) -> minute.requests());
		COLUMNS.put("requests failed", (minute, before) -> minute.requestsFailed() - before.requestsFailed());
		COLUMNS.put("p99, ms", (minute, before) -> minute.p99Micros() / 1000.0);
	}

	private final List<Minute> minutes;

	SoakReport(List<Minute> minutes) {
		this.minutes = minutes;
	}

	void addTo(Report report) {
		int last = this.minutes.size() - 1;
		report.add(List.of("what", "minute 1", "minute " + last, "more by"), COLUMNS.keySet().stream().map((name) -> {
			double first = value(name, 1);
			double end = value(name, last);
			return List.of(name, format(first), format(end),
					(first > 0) ? String.format(Locale.ROOT, "%+.1f %%", 100 * (end - first) / first) : "");
		}).toList());
		List<String> header = new ArrayList<>(List.of("minute"));
		header.addAll(COLUMNS.keySet());
		List<List<String>> rows = new ArrayList<>();
		for (int i = 1; i <= last; i++) {
			List<String> row = new ArrayList<>(List.of(Integer.toString(i)));
			for (String name : COLUMNS.keySet()) {
				row.add(format(value(name, i)));
			}
			rows.add(row);
		}
		report.add(header, rows);
	}

	private double value(String name, int minute) {
		return Objects.requireNonNull(COLUMNS.get(name))
			.applyAsDouble(this.minutes.get(minute), this.minutes.get(minute - 1));
	}

	private static double megabytes(long bytes) {
		return bytes / 1048576.0;
	}

	private static String format(double value) {
		return (value == Math.rint(value)) ? String.format(Locale.ROOT, "%,.0f", value)
				: String.format(Locale.ROOT, "%,.2f", value);
	}

}
