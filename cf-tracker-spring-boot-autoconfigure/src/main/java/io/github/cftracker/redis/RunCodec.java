package io.github.cftracker.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * A run as the fields of a hash, in which every batch and every rejected path has a field
 * of its own, so that a step writes only what it has changed. Lines separate values,
 * because no path that is sent holds a line break.
 */
final class RunCodec {

	private static final String BATCH = "batch:";

	/**
	 * Number of rejected paths, each of which has a field with its position.
	 */
	private static final String REJECTED = "rejected";

	private static final String MATCHING = "matching:";

	private static final String ROUTE = "route:";

	private static final String TAG = "tag:";

	static final String TRIGGER = "trigger";

	static final String REQUESTED_BY = "requestedBy";

	/**
	 * How often a node has requested the run, with the name of the node.
	 */
	static final String REQUESTS = "requests:";

	/**
	 * How many values the selection has, where only its beginning is read.
	 */
	static final String TOTAL = "total";

	private static final String FINDINGS = "findings";

	private static final String SELECTION = "selection";

	private static final String BEGINNING = "beginning";

	/**
	 * Fields that a run is listed with, besides its selection and rejected paths.
	 */
	static final List<String> LISTED = List.of("state", TRIGGER, REQUESTED_BY, "requestedAt", "finishedAt", "paths",
			"items", "wildcards", "possiblyBilledTwice", "error", FINDINGS, TOTAL, REJECTED);

	private static final int MAX_COMPARED = 100_000;

	private RunCodec() {
	}

	/**
	 * What a selection names, one in a line. A path begins with a slash, whatever else
	 * with what it is.
	 */
	private static String selection(Selection selection) {
		List<String> lines = new ArrayList<>(selection.paths());
		selection.matching().forEach((pattern) -> lines.add(MATCHING + pattern));
		selection.routes().forEach((route) -> lines.add(ROUTE + route));
		selection.tags().forEach((tag) -> lines.add(TAG + tag));
		return String.join("\n", lines);
	}

	/**
	 * Return the fields of a selection. One that is too large to be compared or read for
	 * a list has its beginning in another field.
	 */
	static List<String> selectionFields(Selection selection) {
		String all = selection(selection);
		boolean large = selection.size() > RunLedger.MAX_MERGED || all.length() > MAX_COMPARED;
		return large ? List.of(SELECTION, all, BEGINNING, selection(RunSummary.beginning(selection)), TOTAL,
				Integer.toString(selection.size())) : List.of(SELECTION, all);
	}

	private static Selection selection(String value) {
		List<String> lines = lines(value);
		return new Selection(lines.stream().filter((line) -> line.startsWith("/")).toList(), behind(MATCHING, lines),
				behind(ROUTE, lines), behind(TAG, lines));
	}

	private static List<String> behind(String prefix, List<String> lines) {
		return lines.stream()
			.filter((line) -> line.startsWith(prefix))
			.map((line) -> line.substring(prefix.length()))
			.toList();
	}

	/**
	 * Fields and values of everything but batches, rejected paths and what the ledger
	 * itself writes.
	 */
	static List<String> fields(Run run) {
		List<String> fields = new ArrayList<>();
		add(fields, "state", run.state().name());
		add(fields, "paths", run.paths());
		add(fields, "items", run.items());
		add(fields, "wildcards", run.wildcards());
		add(fields, "error", run.error());
		if (!run.findings().isEmpty()) {
			add(fields, FINDINGS, run.findings().stream().map(RunCodec::finding).collect(Collectors.joining("\n")));
		}
		if (!run.rejected().isEmpty()) {
			add(fields, REJECTED, run.rejected().size());
		}
		return fields;
	}

	/**
	 * All fields and values, for a run that has to be written down from the beginning: as
	 * it has ended, or else as it was requested.
	 */
	static List<String> everything(Run run) {
		List<String> fields = new ArrayList<>();
		fields.addAll(selectionFields(run.selection()));
		add(fields, TRIGGER, run.trigger().name());
		add(fields, REQUESTED_BY, run.requestedBy());
		add(fields, "requestedAt", run.requestedAt().toEpochMilli());
		if (!run.state().isFinal()) {
			add(fields, "state", State.QUEUED.name());
			add(fields, "possiblyBilledTwice", run.possiblyBilledTwice());
			return fields;
		}
		Instant finishedAt = run.finishedAt();
		add(fields, "finishedAt", (finishedAt != null) ? finishedAt.toEpochMilli() : null);
		add(fields, "possiblyBilledTwice", run.possiblyBilledTwice());
		fields.addAll(fields(run));
		run.batches().forEach((batch) -> fields.addAll(fields(run, batch)));
		for (int i = 0; i < run.rejected().size(); i++) {
			fields.addAll(fields(i, run.rejected().get(i)));
		}
		return fields;
	}

	static List<String> fields(Run run, Batch batch) {
		List<String> fields = new ArrayList<>();
		int position = run.batches().indexOf(batch);
		if (position == -1) {
			throw new IllegalArgumentException("%s has no batch %s".formatted(run, batch));
		}
		String value = Stream
			.of(position, batch.state(), batch.items(), batch.wildcards(), batch.attempts(), batch.unanswered(),
					orEmpty(batch.invalidationId()), orEmpty(batch.error()))
			.map(String::valueOf)
			.reduce((one, other) -> one + "\n" + other)
			.orElseThrow();
		add(fields, BATCH + batch.callerReference(), value);
		return fields;
	}

	static List<String> fields(int position, RejectedPath path) {
		return List.of(rejected(position), path.path() + "\n" + path.reason());
	}

	private static String rejected(int position) {
		return REJECTED + ":" + position;
	}

	private static void add(List<String> fields, String name, @Nullable Object value) {
		if (value != null) {
			fields.add(name);
			fields.add(value.toString());
		}
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	static Run run(String id, Map<String, String> fields) {
		Run run = Run
			.queued(id, selection(fields.getOrDefault(SELECTION, "")), trigger(fields.get(TRIGGER)),
					time(fields.getOrDefault("requestedAt", "0")))
			.withState(state(fields.getOrDefault("state", State.QUEUED.name())))
			.withRequestedBy(fields.get(REQUESTED_BY))
			.withCounts(number(fields.get("paths")), number(fields.get("items")), number(fields.get("wildcards")))
			.withBatches(batches(fields))
			.withRejected(rejected(fields))
			.withPossiblyBilledTwice(Long.parseLong(fields.getOrDefault("possiblyBilledTwice", "0")))
			.withError(fields.get("error"))
			.withFindings(findings(fields.getOrDefault(FINDINGS, "")));
		return fields.containsKey("finishedAt") ? run.withFinishedAt(time(fields.get("finishedAt"))) : run;
	}

	/**
	 * One line for a finding, its values separated by tabs, which no text has.
	 */
	private static String finding(Finding finding) {
		return Stream
			.of(finding.since().toEpochMilli(), finding.id(), LogText.clean(finding.problem()),
					LogText.clean(finding.fix()))
			.map(String::valueOf)
			.collect(Collectors.joining("\t"));
	}

	private static List<Finding> findings(String value) {
		return lines(value).stream()
			.map((line) -> line.split("\t", -1))
			.filter((values) -> values.length >= 4)
			.map((values) -> new Finding(values[1], values[2], values[3], time(values[0])))
			.toList();
	}

	private static State state(String name) {
		return Arrays.stream(State.values())
			.filter((state) -> state.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("the state '%s' is unknown".formatted(name)));
	}

	/**
	 * A trigger that only a newer version knows is no reason not to read the run.
	 */
	private static Trigger trigger(@Nullable String name) {
		return Arrays.stream(Trigger.values())
			.filter((trigger) -> trigger.name().equals(name))
			.findFirst()
			.orElse(Trigger.API);
	}

	private static List<Batch> batches(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.filter((field) -> field.getKey().startsWith(BATCH))
			.map((field) -> new Ordered(field.getKey().substring(BATCH.length()),
					Arrays.asList(field.getValue().split("\n", 8))))
			.sorted(Comparator.comparingInt(Ordered::position))
			.map(RunCodec::batch)
			.toList();
	}

	private static Batch batch(Ordered batch) {
		List<String> values = batch.values();
		return Batch.unsent(batch.name(), Integer.parseInt(values.get(2)), Integer.parseInt(values.get(3)))
			.withState(BatchState.valueOf(values.get(1)))
			.withAttempts(Integer.parseInt(values.get(4)), Integer.parseInt(values.get(5)))
			.withInvalidationId(values.get(6).isEmpty() ? null : values.get(6))
			.withError(values.get(7).isEmpty() ? null : values.get(7));
	}

	private static List<RejectedPath> rejected(Map<String, String> fields) {
		return IntStream.range(0, Integer.parseInt(fields.getOrDefault(REJECTED, "0")))
			.mapToObj((position) -> fields.get(rejected(position)))
			.filter(Objects::nonNull)
			.map((value) -> value.split("\n", 2))
			.map((value) -> new RejectedPath(value[0], value[1]))
			.toList();
	}

	private static List<String> lines(String value) {
		return value.isEmpty() ? List.of() : Arrays.asList(value.split("\n"));
	}

	private static Instant time(String millis) {
		return Instant.ofEpochMilli(Long.parseLong(millis));
	}

	private static @Nullable Long number(@Nullable String value) {
		return (value != null) ? Long.valueOf(value) : null;
	}

	private record Ordered(String name, List<String> values) {

		int position() {
			return Integer.parseInt(this.values.get(0));
		}

	}

}
