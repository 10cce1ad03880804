package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

import io.github.cftracker.benchmarks.Report;

/**
 * Compares throughput and latencies of an application without anything, with the starter,
 * and with a filter that writes each path to Redis.
 */
public final class LoadComparison {

	private static final int PATHS = 100_000;

	private static final int LEAD_IN = 8;

	/**
	 * How many rounds before the applications are started again. The compiler's result
	 * differs from one start to the next by a tenth.
	 */
	private static final int ROUNDS_PER_START = 2;

	private static final double WARM_UP_RATE = 1000;

	private final Page page;

	private final Effort effort;

	private Comparison comparison = comparison();

	private double rate;

	private LoadComparison(Page page, Effort effort) {
		this.page = page;
		this.effort = effort;
	}

	private static Comparison comparison() {
		return new Comparison(Variant.BARE, Variant.STARTER, Variant.NAIVE);
	}

	/**
	 * Runs the benchmark. The system properties {@code load.rounds} and
	 * {@code load.seconds} make it shorter, and {@code load.page} selects one of the
	 * pages, {@code cheap} or {@code work}.
	 * @param report told what was seen
	 * @throws IOException if an application does not start, or answers with an error
	 * @throws InterruptedException if the thread was interrupted
	 * @throws ExecutionException if an application answers with an error
	 */
	public static void measure(Report report) throws IOException, InterruptedException, ExecutionException {
		String selected = System.getProperty("load.page", "");
		Page[] pages = selected.isEmpty() ? Page.values()
				: new Page[] { Page.valueOf(selected.toUpperCase(Locale.ROOT)) };
		for (Page page : pages) {
			measure(report, page, Effort.of("load", 8, 5), PATHS);
		}
	}

	static void measure(Report report, Page page, Effort effort, int paths)
			throws IOException, InterruptedException, ExecutionException {
		new LoadComparison(page, effort).run(report, Requests.zipf(paths), paths);
	}

	private void run(Report report, Requests requests, int paths)
			throws IOException, InterruptedException, ExecutionException {
		Comparison seen = this.comparison;
		String written = "";
		for (int rounds = 0; rounds < this.effort.rounds(); rounds += ROUNDS_PER_START) {
			try (Subjects subjects = new Subjects(seen.variants(), this.page, requests)) {
				// In the first round the compiler is still busy
				this.comparison = comparison();
				double half = warmUp(subjects);
				this.rate = (rounds == 0) ? half : this.rate;
				round(subjects);
				this.comparison = seen;
				for (int i = rounds; i < Math.min(rounds + ROUNDS_PER_START, this.effort.rounds()); i++) {
					round(subjects);
				}
				written = subjects.written();
			}
		}
		describe(report, paths);
		seen.addTo(report);
		report.add(written);
	}

	/**
	 * Warm up, and return half of the maximum of bare.
	 */
	private double warmUp(Subjects subjects) throws InterruptedException, ExecutionException {
		double half = 0;
		for (int i = 0; i < this.page.warmUps(); i++) {
			for (Subject subject : subjects) {
				double warmedUp = warmUp(subject);
				half = (subject.variant() == Variant.BARE) ? Math.max(1, Math.round(warmedUp)) : half;
			}
		}
		return half;
	}

	private double warmUp(Subject subject) throws InterruptedException, ExecutionException {
		double half = subject.load().atFullSpeed(this.effort.time()).perSecond() / 2;
		// At full speed the compiler's threads hardly ever get a processor
		subject.load().atRate(Math.min(WARM_UP_RATE, half), this.effort.time());
		return half;
	}

	private void round(Subjects subjects) throws InterruptedException, ExecutionException {
		for (Subject subject : subjects) {
			atFullSpeed(subject);
			atFixedRate(subject);
		}
	}

	private void atFullSpeed(Subject subject) throws InterruptedException, ExecutionException {
		subject.load().atFullSpeed(this.effort.part(LEAD_IN));
		Duration before = subject.application().processorTime();
		LoadResult result = subject.load().atFullSpeed(this.effort.time());
		Duration used = subject.application().processorTime().minus(before);
		add(subject, "requests/s at full speed", result.perSecond());
		add(subject, "p50 at full speed, ms", result.percentile(50));
		add(subject, "p99 at full speed, ms", result.percentile(99));
		add(subject, "processor time of the application per request at full speed, µs",
				used.toNanos() / 1e3 / result.requests());
	}

	private void atFixedRate(Subject subject) throws InterruptedException, ExecutionException {
		subject.load().atRate(this.rate, this.effort.part(LEAD_IN));
		LoadResult result = subject.load().atRate(this.rate, this.effort.time());
		add(subject, "requests/s at the fixed rate", result.perSecond());
		add(subject, "p50 at the fixed rate, ms", result.percentile(50));
		add(subject, "p99 at the fixed rate, ms", result.percentile(99));
	}

	private void add(Subject subject, String what, double value) {
		this.comparison.add(what, subject.variant(), value);
	}

	private void describe(Report report, int paths) {
		report.add("%s, %,d paths distributed by Zipf's law; %s. ".formatted(this.page.description(), paths,
				ApplicationProcess.JVM_OPTIONS) + "The client, the application and its Redis share this machine.");
		report.add("Full speed: %d connections, each sends its next request after the previous response. "
			.formatted(Load.CLOSED_LOOP_CONNECTIONS)
				+ "Fixed rate: %,.0f requests/s, half of the maximum of bare, over %d connections; "
					.formatted(this.rate, Load.OPEN_LOOP_CONNECTIONS)
				+ "latency is measured from the scheduled time of a request, so it includes delays of the client.");
		report
			.add(("Rounds of bare, starter, naive: %d, each %.1f s at full speed and then at the fixed rate. The applications "
					+ "are started again after every %d rounds, and the first round after a start does not count. Ratios "
					+ "compare the same round: median (smallest–largest).")
				.formatted(this.effort.rounds(), this.effort.seconds(), ROUNDS_PER_START));
	}

}
