package io.github.cftracker.benchmarks.soak;

import java.io.PrintStream;
import java.util.List;

import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.ChildJvm;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that serves pages, and invalidates what it is told to.
 */
final class SoakedMain {

	private SoakedMain() {
	}

	/**
	 * Starts it.
	 * <p>
	 * The fresh window and the history are short, so that both are full before the first
	 * minute that counts.
	 */
	static ChildJvm start(String redisUrl, String endpoint) {
		return ChildJvm.start(SoakedMain.class, List.of("-Xmx256m"),
				List.of("server.port=0", "cf.tracker.redis-url=" + redisUrl, "cf.tracker.endpoint=" + endpoint,
						"cf.tracker.invalidation.fresh-window=30s", "cf.tracker.invalidation.history=10",
						"logging.level.io.github.cftracker=error"));
	}

	public static void main(String[] args) {
		PrintStream answers = ChildJvm.answers();
		try (ConfigurableApplicationContext context = Application.withPages(ShopPages.class, args)) {
			Operator operator = new Operator(context);
			ChildJvm.serve(answers, operator::answer);
		}
	}

}
