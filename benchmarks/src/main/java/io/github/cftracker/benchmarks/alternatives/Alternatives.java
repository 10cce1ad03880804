package io.github.cftracker.benchmarks.alternatives;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.alternatives.Viewers.Warming;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.Latency;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.RedisUsage;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;

/**
 * Compares the starter with what people use instead of it: what a request costs, and what
 * an invalidation sends, costs and leaves behind.
 */
public final class Alternatives {

	private static final double RATE = 2000;

	private static final Duration TICK = Duration.ofMillis(10);

	private static final double USD_PER_ITEM = 0.005;

	private static final int MOST_IN_PROGRESS = 3000;

	private static final int MOST_WILDCARDS_IN_PROGRESS = 15;

	private static final Duration COMPLETES_AFTER = Duration.ofSeconds(5);

	private static final int PATIENCE = 1_000_000;

	private static final Duration FLUSH = Duration.ofMillis(500);

	private final Map<String, List<String>> rows = new LinkedHashMap<>();

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final int[] order = PathSamples.zipf(Pages.COUNT, 1 << 18);

	private final Viewers viewers;

	private final Duration time;

	private final int tracked;

	private Alternatives(Viewers viewers, Duration time, int tracked) {
		this.viewers = viewers;
		this.time = time;
		this.tracked = tracked;
	}

	/**
	 * Runs the benchmark, with {@code alternatives.seconds} of requests for each, and
	 * invalidations with {@code alternatives.tracked} tracked pages.
	 * @param report told what was seen
	 * @throws IOException if Redis or the edge does not answer
	 */
	public static void measure(Report report) throws IOException {
		measure(report, Duration.ofSeconds(Integer.getInteger("alternatives.seconds", 6)),
				Integer.getInteger("alternatives.tracked", 100_000), PATIENCE);
	}

	static void measure(Report report, Duration time, int tracked, int patience) throws IOException {
		try (Viewers viewers = new Viewers(patience)) {
			new Alternatives(viewers, time, tracked).run(report);
		}
	}

	private void run(Report report) throws IOException {
		List<String> header = new ArrayList<>(List.of("what"));
		for (Kind kind : Kind.values()) {
			header.add(kind.name);
			measure(kind);
		}
		report
			.add("""
					%,d pages, of which %d change, %.0f requests/s without HTTP, distributed by Zipf's law. Each row has its \
					own Redis server. Processor time is what the process used beyond that of the same loop without tracking."""
				.formatted(Pages.COUNT, Pages.CHANGED, RATE));
		report
			.add("""
					CloudFront takes %,d paths and %d wildcards in progress, and completes after %d s. An item costs USD %s; the \
					first 1,000 a month, which are free, are not deducted. Viewers send %,d requests/s to the edge, by Zipf's law."""
				.formatted(MOST_IN_PROGRESS, MOST_WILDCARDS_IN_PROGRESS, COMPLETES_AFTER.toSeconds(), USD_PER_ITEM,
						Viewers.RATE));
		report
			.add("""
					Lost pages: 1,000 new pages/s, and once a second an invalidation of everything with calls that take 200 ms. \
					Each page was rendered before the last invalidation, and no invalidation has named the lost ones.""");
		report.add(header, this.rows.entrySet().stream().map((row) -> {
			List<String> cells = new ArrayList<>(List.of(row.getKey()));
			cells.addAll(row.getValue());
			return cells;
		}).toList());
	}

	private void measure(Kind kind) throws IOException {
		try (TestRedis redis = TestRedis.startInstalled();
				RedisProbe probe = new RedisProbe(redis.url());
				LocalCloudFront cloudFront = LocalCloudFront.builder()
					.distributionId(Application.DISTRIBUTION_ID)
					.accessKey(Application.ACCESS_KEY)
					.secretKey(Application.SECRET_KEY)
					.origin(this.viewers.originAddress())
					.inProgressQuota(MOST_IN_PROGRESS, MOST_WILDCARDS_IN_PROGRESS)
					.completesAfter(COMPLETES_AFTER)
					.start();
				Sender sender = new Sender(cloudFront);
				Alternative alternative = kind.create(redis, cloudFront, sender)) {
			requests(alternative, new Everything(sender), probe);
			invalidation(alternative, cloudFront, sender);
			cloudFront.inProgressQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);
			add("lost of %,d pages rendered during 5 invalidations".formatted(Race.PAGES), "%,d",
					Race.run(alternative, cloudFront));
			waits(alternative, redis);
		}
	}

	private void requests(Alternative alternative, Everything untracked, RedisProbe probe) {
		request(alternative);
		double without = request(untracked).processorMicros();
		RedisUsage before = RedisUsage.of(probe);
		Requested requested = request(alternative);
		RedisUsage used = RedisUsage.of(probe).since(before);
		add("processor time of the application per request, µs", "%.1f", requested.processorMicros() - without);
		add("a request waits, µs", "%.1f", requested.waitedMicros());
		add("Redis commands per request", "%.2f", used.commands() / (double) requested.count());
		add("processor time of Redis per request, µs", "%.1f", used.processorTime() / requested.count());
	}

	private Requested request(Alternative alternative) {
		long start = System.nanoTime();
		long processorTime = this.system.getProcessCpuTime();
		int count = 0;
		long waited = 0;
		for (Duration at = Duration.ZERO; at.compareTo(this.time) < 0; at = at.plus(TICK)) {
			Pause.until(start + at.toNanos());
			long begin = System.nanoTime();
			for (int i = 0; i < RATE * TICK.toMillis() / 1000; i++) {
				alternative.record(this.order[count++ % this.order.length]);
			}
			waited += System.nanoTime() - begin;
		}
		Pause.of(FLUSH);
		return new Requested(count, (this.system.getProcessCpuTime() - processorTime) / 1e3 / count,
				waited / 1e3 / count);
	}

	private void invalidation(Alternative alternative, LocalCloudFront cloudFront, Sender sender) throws IOException {
		for (int page = 0; page < Pages.COUNT; page++) {
			alternative.record(page);
		}
		this.viewers.fill(cloudFront.edge());
		Pause.of(FLUSH);
		Instant start = Instant.now();
		alternative.invalidateChanged();
		Instant accepted = cloudFront.invalidations()
			.stream()
			.map(Invalidation::createdAt)
			.max(Instant::compareTo)
			.orElseThrow();
		int evicted = Pages.COUNT - cloudFront.cachedObjects().size();
		long items = cloudFront.billedItems();
		add("one call takes all items", "%s", sender.isRefusedAtOnce() ? "no" : "yes");
		add("items", "%,d", items);
		add("price, USD", "%.3f", items * USD_PER_ITEM);
		add("accepted after, s", "%.1f", Duration.between(start, accepted).toMillis() / 1e3);
		add("pages evicted", "%,d", evicted);
		Warming warming = this.viewers.warm(cloudFront.edge());
		add("requests to the origin in the first minute", "%,d", warming.originRequests());
		add("99 % of requests are hits after, s", "%.0f", warming.seconds());
	}

	private void waits(Alternative alternative, TestRedis redis) throws IOException {
		for (int page = 0; page < this.tracked; page++) {
			alternative.record(page);
		}
		Pause.of(FLUSH);
		try (Latency ping = new Latency(redis.port(), "PING")) {
			alternative.invalidateChanged();
			add("longest wait of another client of Redis, %,d pages tracked, ms".formatted(this.tracked), "%.1f",
					ping.stop().max());
		}
	}

	private void add(String what, String format, Object value) {
		this.rows.computeIfAbsent(what, (added) -> new ArrayList<>()).add(String.format(Locale.ROOT, format, value));
	}

	/**
	 * What was requested.
	 */
	private record Requested(int count, double processorMicros, double waitedMicros) {

	}

	/**
	 * The alternatives, in the order of the columns.
	 */
	private enum Kind {

		EVERYTHING("`/*`") {

			@Override
			Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender) {
				return new Everything(sender);
			}

		},

		KEY_FOR_EACH("a key for each path") {

			@Override
			Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender) {
				return new InRedis.KeyForEach(redis, sender);
			}

		},

		ONE_SET("one set") {

			@Override
			Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender) {
				return new InRedis.OneSet(redis, sender);
			}

		},

		TAG_REGISTRY("tag registry") {

			@Override
			Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender) {
				return new InRedis.TagRegistry(redis, sender);
			}

		},

		STARTER("starter") {

			@Override
			Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender) {
				return new Starter(redis, cloudFront);
			}

		};

		private final String name;

		Kind(String name) {
			this.name = name;
		}

		abstract Alternative create(TestRedis redis, LocalCloudFront cloudFront, Sender sender);

	}

}
