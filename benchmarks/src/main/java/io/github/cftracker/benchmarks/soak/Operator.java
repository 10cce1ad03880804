package io.github.cftracker.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.UrlStore;
import io.github.cftracker.benchmarks.measure.Heap;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * Whoever invalidates, and looks how the application is.
 */
final class Operator {

	private final AtomicLong completed = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final AtomicLong items = new AtomicLong();

	private final CloudFrontInvalidator invalidator;

	private final UrlStore store;

	private final String port;

	Operator(ApplicationContext context) {
		this.invalidator = context.getBean(CloudFrontInvalidator.class);
		this.store = context.getBean(UrlStore.class);
		this.port = context.getEnvironment().getRequiredProperty("local.server.port");
	}

	String answer(String question) {
		return switch (question) {
			case "port" -> this.port;
			case "everything" -> invalidate(InvalidationRequest.ofEverything());
			case "prefix" ->
				invalidate(InvalidationRequest.builder().matching(List.of("/shop/category-11*/**")).build());
			case "tag" -> invalidate(InvalidationRequest.builder().tags(List.of("category:123")).build());
			case "dry run" -> Long.toString(this.invalidator.plan(InvalidationRequest.ofEverything()).items());
			default -> sample().toString();
		};
	}

	private String invalidate(InvalidationRequest request) {
		RunHandle handle = this.invalidator.invalidate(request);
		CompletableFuture<Run> unused = handle.completion().whenComplete(this::ended);
		return handle.id();
	}

	private void ended(@Nullable Run run, @Nullable Throwable failure) {
		if (run == null || run.state() == Run.State.FAILED) {
			System.err.println("The run failed: " + run + " " + failure);
			this.failed.incrementAndGet();
		}
		else {
			this.completed.incrementAndGet();
			Long sent = run.items();
			this.items.addAndGet((sent != null) ? sent : 0);
		}
	}

	private Sample sample() {
		long tracked = this.store.count();
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Sample(Heap.alive(), ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(), system.getOpenFileDescriptorCount(), tracked,
				this.completed.get(), this.failed.get(), this.items.get());
	}

	/**
	 * How the application is.
	 *
	 * @param heap what is alive in the heap, in bytes
	 * @param nonHeap other memory of the JVM
	 * @param threads how many threads
	 * @param files how many open files and sockets
	 * @param tracked how many tracked paths
	 * @param completed how many runs have ended well since the start
	 * @param failed how many have not
	 * @param items how many items they have sent
	 */
	record Sample(long heap, long nonHeap, long threads, long files, long tracked, long completed, long failed,
			long items) {

		static Sample parse(String answer) {
			String[] values = answer.split(" ", -1);
			return new Sample(Long.parseLong(values[0]), Long.parseLong(values[1]), Long.parseLong(values[2]),
					Long.parseLong(values[3]), Long.parseLong(values[4]), Long.parseLong(values[5]),
					Long.parseLong(values[6]), Long.parseLong(values[7]));
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%d %d %d %d %d %d %d %d", this.heap, this.nonHeap, this.threads,
					this.files, this.tracked, this.completed, this.failed, this.items);
		}

	}

}
