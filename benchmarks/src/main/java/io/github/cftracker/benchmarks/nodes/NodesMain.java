package io.github.cftracker.benchmarks.nodes;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.OperatingSystemMXBean;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.WriteListener;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * All nodes in one process: a context with the starter for each, which has its own
 * connection and sends all that a node sends.
 */
final class NodesMain {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private NodesMain() {
	}

	static ChildJvm start(String redisUrl, int nodes, int paths) {
		return ChildJvm.start(NodesMain.class, List.of("-Xmx2g"),
				List.of(redisUrl, Integer.toString(nodes), Integer.toString(paths)));
	}

	/**
	 * Starts the nodes. Answers a rate per node and a number of milliseconds with the
	 * number of responses that were fed, of paths that were written, and of nanoseconds
	 * of processor time.
	 */
	public static void main(String[] args) {
		PrintStream answers = ChildJvm.answers();
		List<ConfigurableApplicationContext> nodes = new ArrayList<>();
		try {
			for (int i = 0; i < Integer.parseInt(args[1]); i++) {
				nodes.add(Application.withoutPages(Node.class, "cf.tracker.redis-url=" + args[0],
						"logging.level.io.github.cftracker=error"));
			}
			List<PathRecorder> recorders = nodes.stream().map((node) -> node.getBean(PathRecorder.class)).toList();
			Feed feed = new Feed(recorders, Integer.parseInt(args[2]));
			ChildJvm.serve(answers, (question) -> {
				long written = Node.WRITTEN.sum();
				long used = SYSTEM.getProcessCpuTime();
				String[] values = question.split(" ", -1);
				long fed = feed.run(Double.parseDouble(values[0]), Long.parseLong(values[1]));
				if (recorders.stream().anyMatch((recorder) -> recorder.dropped() + recorder.folded() > 0)) {
					throw new IllegalStateException("A node could not write fast enough");
				}
				return "%d %d %d".formatted(fed, Node.WRITTEN.sum() - written, SYSTEM.getProcessCpuTime() - used);
			});
		}
		finally {
			nodes.forEach(ConfigurableApplicationContext::close);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Node {

		private static final LongAdder WRITTEN = new LongAdder();

		@Bean
		WriteListener writeListener() {
			return (paths) -> WRITTEN.add(paths.size());
		}

	}

}
