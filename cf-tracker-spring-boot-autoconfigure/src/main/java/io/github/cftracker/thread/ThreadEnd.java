package io.github.cftracker.thread;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The end of threads that were asked to stop. A thread that outlives its application
 * context keeps the class loader of a web application in memory.
 */
public final class ThreadEnd {

	private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

	private ThreadEnd() {
	}

	/**
	 * Wait until a thread has ended. After the given time, interrupt it and wait for one
	 * more second.
	 * @param thread the thread, which may be the calling one
	 * @param patience how long to wait before the interrupt
	 * @return whether it has ended without an interrupt
	 */
	public static boolean await(@Nullable Thread thread, Duration patience) {
		return await((thread != null) ? List.of(thread) : List.of(), patience);
	}

	/**
	 * Wait until threads have ended. After the given time, interrupt those that have not
	 * and wait for one more second.
	 * @param threads the threads, of which the calling one is ignored
	 * @param patience how long to wait before the interrupt
	 * @return whether all have ended without an interrupt
	 */
	public static boolean await(Collection<Thread> threads, Duration patience) {
		List<Thread> others = threads.stream().filter((thread) -> thread != Thread.currentThread()).toList();
		boolean ended = false;
		try {
			ended = join(others, patience);
			if (!ended) {
				others.forEach(Thread::interrupt);
				join(others, AFTER_INTERRUPT);
			}
		}
		catch (InterruptedException ex) {
			others.forEach(Thread::interrupt);
			Thread.currentThread().interrupt();
		}
		return ended;
	}

	private static boolean join(Collection<Thread> threads, Duration patience) throws InterruptedException {
		long until = System.nanoTime() + patience.toNanos();
		for (Thread thread : threads) {
			TimeUnit.NANOSECONDS.timedJoin(thread, until - System.nanoTime());
		}
		return threads.stream().noneMatch(Thread::isAlive);
	}

}
