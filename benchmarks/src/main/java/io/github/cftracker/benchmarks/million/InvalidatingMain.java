package io.github.cftracker.benchmarks.million;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.Heap;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that invalidates everything when it is asked to.
 */
final class InvalidatingMain {

	private InvalidatingMain() {
	}

	static ChildJvm start(String redisUrl, String endpoint, int batchSize, int heapMegabytes) {
		return ChildJvm.start(InvalidatingMain.class, List.of("-Xmx" + heapMegabytes + "m"),
				List.of("cf.tracker.redis-url=" + redisUrl, "cf.tracker.endpoint=" + endpoint,
						"cf.tracker.invalidation.batch-size=" + batchSize));
	}

	public static void main(String[] args) {
		PrintStream answers = ChildJvm.answers();
		Heap heap = new Heap();
		List<String> properties = new ArrayList<>(List.of(args));
		properties.add("logging.level.io.github.cftracker=error");
		try (ConfigurableApplicationContext context = Application.withoutPages(properties.toArray(String[]::new))) {
			CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
			ChildJvm.serve(answers, (question) -> question.equals("alive") ? Long.toString(Heap.alive())
					: InvalidatedRun.answer(question, invalidator, heap).toString());
		}
	}

}
