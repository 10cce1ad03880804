package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Watches each command that a Redis server handles, and so tells those that clients send
 * from those that scripts call, which Redis counts together. It slows Redis down, so
 * nothing else is measured meanwhile.
 */
final class RedisMonitor implements AutoCloseable {

	private static final String END = "the-monitor-may-go";

	private final RedisConnection monitored;

	private final RedisConnection control;

	private final FutureTask<Count> count = new FutureTask<>(this::read);

	RedisMonitor(int port) throws IOException {
		this.monitored = new RedisConnection(port);
		this.control = new RedisConnection(port);
		this.monitored.send("MONITOR");
		this.monitored.readLine();
		Thread thread = new Thread(this.count, "redis-monitor");
		thread.setDaemon(true);
		thread.start();
	}

	private Count read() throws IOException {
		long byClients = 0;
		long byScripts = 0;
		while (true) {
			String line = this.monitored.readLine();
			// +1339518083.107412 [0 127.0.0.1:60866] "get" "key", or [0 lua]
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
	 * What it has seen so far.
	 */
	Count count() throws IOException, InterruptedException, ExecutionException {
		this.control.text("ECHO " + END);
		return this.count.get();
	}

	@Override
	public void close() throws IOException {
		this.monitored.close();
		this.control.close();
	}

	/**
	 * Numbers of commands.
	 */
	record Count(long byClients, long byScripts) {
	}

}
