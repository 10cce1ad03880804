package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.github.cftracker.benchmarks.measure.RedisMonitor;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.testing.TestRedis;

/**
 * Counts the commands that clients send apart from those that scripts call, which Redis
 * counts together. It slows Redis down, so nothing else is measured at the same time.
 */
final class CommandCounter implements AutoCloseable {

	private static final String END = "the-monitor-may-go";

	private final FutureTask<Count> count = new FutureTask<>(this::read);

	private final RedisMonitor monitor;

	private final RedisProbe probe;

	CommandCounter(TestRedis redis, RedisProbe probe) throws IOException {
		this.monitor = new RedisMonitor(redis);
		this.probe = probe;
		Thread thread = new Thread(this.count, "command-counter");
		thread.setDaemon(true);
		thread.start();
	}

	private Count read() throws IOException {
		long byClients = 0;
		long byScripts = 0;
		while (true) {
			String line = this.monitor.next();
			int source = line.indexOf('[');
			if (line.startsWith("lua]", line.indexOf(' ', source) + 1)) {
				byScripts++;
			}
			else if (line.endsWith('"' + END + '"')) {
				return new Count(byClients, byScripts);
			}
			else {
				byClients++;
			}
		}
	}

	/**
	 * Return the numbers of commands so far.
	 */
	Count count() throws InterruptedException, ExecutionException {
		this.probe.commands().echo(END);
		return this.count.get();
	}

	@Override
	public void close() throws IOException {
		this.monitor.close();
	}

	/**
	 * Numbers of commands.
	 */
	record Count(long byClients, long byScripts) {
	}

}
