package io.github.cftracker.testing;

import java.util.List;
import java.util.Set;

/**
 * The threads that were started since this object was created.
 */
public final class NewThreads {

	/**
	 * Threads of the JVM, of tests and their local CloudFront, of Netty, which ends the
	 * last one a second after its last task, and of the AWS SDK, which does not wait for
	 * the threads that it ends.
	 */
	private static final List<String> OTHERS = List.of("ForkJoinPool.commonPool-", "Common-Cleaner", "Attach Listener",
			"process reaper", "Keep-Alive-Timer", "junit-", "awaitility-", "local-cloudfront-", "HTTP-Dispatcher",
			"idle-timeout-task", "globalEventExecutor-", "sdk-", "idle-connection-reaper");

	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	/**
	 * Return the names of those that are alive.
	 */
	public List<String> names() {
		return alive().stream().map(Thread::getName).sorted().toList();
	}

	/**
	 * Return those that are alive.
	 */
	public List<Thread> alive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.before.contains(thread))
			.filter((thread) -> OTHERS.stream().noneMatch(thread.getName()::startsWith))
			.toList();
	}

}
