package io.github.cftracker.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.CloudFrontMain;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.testing.TestRedis;

/**
 * Lets an application serve pages and invalidate them for a long time, and looks every
 * minute whether anything has grown.
 */
public final class Soak {

	private static final int PER_SECOND = 500;

	private static final int PAGES = 25_000;

	/**
	 * Until the fresh window and the history are full, and what is compiled is compiled.
	 */
	private static final int WARM_UP_MINUTES = 3;

	private final List<Minute> minutes = new ArrayList<>();

	private final Duration minute;

	private final int pages;

	private Soak(Duration minute, int pages) {
		this.pages = pages;
		this.minute = minute;
	}

	/**
	 * Measures for {@code soak.minutes} minutes.
	 * @param report told what was seen
	 * @throws Exception if it could not be measured
	 */
	public static void measure(Report report) throws Exception {
		measure(report, Integer.getInteger("soak.minutes", 30), Duration.ofMinutes(1), PAGES);
	}

	static void measure(Report report, int minutes, Duration minute, int pages) throws Exception {
		Soak soak = new Soak(minute, pages);
		soak.run(minutes);
		report.add("%d requests per second; %s. %d minutes of warm-up.".formatted(PER_SECOND,
				"everything is invalidated every 20 seconds, a prefix and a tag every 30 seconds, with a dry run as often",
				WARM_UP_MINUTES));
		new SoakReport(soak.minutes).addTo(report);
	}

	private void run(int count) throws Exception {
		try (TestRedis redis = TestRedis.startInstalled();
				RedisProbe probe = new RedisProbe(redis.url());
				ChildJvm cloudFront = CloudFrontMain.start();
				ChildJvm application = SoakedMain.start(redis.url(), cloudFront.ask("endpoint"));
				Visitors visitors = new Visitors("http://127.0.0.1:" + application.ask("port"), this.pages,
						PER_SECOND)) {
			visitors.askForEverything();
			visitors.start();
			ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();
			try {
				// None of them when it is being looked: then what is tracked depends on
				// luck
				List<Future<?>> operations = List.of(every(schedule, 20, 5, application, "everything"),
						every(schedule, 30, 10, application, "prefix"), every(schedule, 30, 15, application, "tag"),
						every(schedule, 30, 20, application, "dry run"));
				long due = System.nanoTime();
				for (int i = -WARM_UP_MINUTES; i <= count; i++) {
					// A minute in which looking took longer than that would be empty
					due = Math.max(due, System.nanoTime() - this.minute.toNanos() / 2) + this.minute.toNanos();
					await(due, operations);
					Minute seen = Minute.look(application, probe, visitors);
					if (i >= 0) {
						this.minutes.add(seen);
					}
				}
			}
			finally {
				schedule.shutdownNow();
			}
		}
	}

	private Future<?> every(ScheduledExecutorService schedule, int seconds, int offset, ChildJvm application,
			String operation) {
		long second = this.minute.toMillis() / 60;
		return schedule.scheduleAtFixedRate(() -> application.ask(operation), offset * second, seconds * second,
				TimeUnit.MILLISECONDS);
	}

	private static void await(long due, List<Future<?>> operations) throws Exception {
		Pause.until(due);
		for (Future<?> operation : operations) {
			if (operation.isDone()) {
				// Never, unless it has failed
				operation.get();
			}
		}
	}

}
