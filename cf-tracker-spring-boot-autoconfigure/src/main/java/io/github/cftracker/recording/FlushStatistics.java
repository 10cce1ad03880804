package io.github.cftracker.recording;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * How the flushes of this node went that had something to write. Safe for use by several
 * threads.
 */
public final class FlushStatistics {

	private final LongAdder count = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	boolean observe(BooleanSupplier flush) {
		long since = System.nanoTime();
		boolean written = true;
		try {
			written = flush.getAsBoolean();
			return written;
		}
		catch (RuntimeException | Error ex) {
			this.failures.increment();
			throw ex;
		}
		finally {
			if (written) {
				this.count.increment();
				this.nanos.add(System.nanoTime() - since);
			}
		}
	}

	/**
	 * How many there were.
	 * @return the number since the start, those that failed included
	 */
	public long count() {
		return this.count.sum();
	}

	/**
	 * How many the store did not take, or not all of.
	 * @return the number since the start
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * How long they took.
	 * @return nanoseconds since the start, all together
	 */
	public long nanos() {
		return this.nanos.sum();
	}

}
