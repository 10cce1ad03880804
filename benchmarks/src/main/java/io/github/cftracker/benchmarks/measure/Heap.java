package io.github.cftracker.benchmarks.measure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * What is alive in the heap of this process. Only a full collection tells: after any
 * other, garbage is still counted.
 */
public final class Heap {

	private static final String FULL = "end of major GC";

	private final AtomicLong peak = new AtomicLong();

	private final AtomicInteger samples = new AtomicInteger();

	private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP)
		.map(MemoryPoolMXBean::getName)
		.collect(Collectors.toSet());

	/**
	 * Begins to listen.
	 */
	public Heap() {
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			((NotificationEmitter) collector).addNotificationListener((notification, handback) -> look(notification),
					null, null);
		}
	}

	private void look(Notification notification) {
		if (notification.getUserData() instanceof CompositeData data) {
			GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
			if (info.getGcAction().equals(FULL)) {
				long alive = info.getGcInfo()
					.getMemoryUsageAfterGc()
					.entrySet()
					.stream()
					.filter((pool) -> this.pools.contains(pool.getKey()))
					.mapToLong((pool) -> pool.getValue().getUsed())
					.sum();
				this.peak.accumulateAndGet(alive, Math::max);
				this.samples.incrementAndGet();
			}
		}
	}

	/**
	 * Collects again and again while something happens.
	 * @param interval the pause between two collections, in ms
	 * @param action what happens
	 * @return what was alive, and how often it was looked at
	 */
	public Watched during(long interval, Runnable action) {
		this.peak.set(0);
		this.samples.set(0);
		ScheduledExecutorService collector = Executors.newSingleThreadScheduledExecutor();
		try {
			Future<?> unused = collector.scheduleWithFixedDelay(System::gc, 0, interval, TimeUnit.MILLISECONDS);
			action.run();
		}
		finally {
			collector.shutdown();
		}
		return new Watched(this.peak.get(), this.samples.get());
	}

	/**
	 * Collects, and looks.
	 * @return how much is alive, in bytes
	 */
	public static long alive() {
		System.gc();
		// What a reference queue has let go of since
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * What was seen.
	 *
	 * @param peak how much was alive at the most, in bytes
	 * @param samples how often it was looked at
	 */
	public record Watched(long peak, int samples) {

	}

}
