package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.thread.ThreadEnd;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Threads of the tracker's own connections. They try again every second at least while
 * Redis is gone; Lettuce's default lets half a minute pass.
 */
final class OwnClientResources {

	private static final Delay RECONNECT = Delay.exponential(Duration.ZERO, Duration.ofSeconds(1), 2,
			TimeUnit.MILLISECONDS);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

	private final ClientResources resources;

	private final Collection<Thread> threads;

	private OwnClientResources(ClientResources resources, Collection<Thread> threads) {
		this.resources = resources;
		this.threads = threads;
	}

	static OwnClientResources create() {
		Collection<Thread> threads = new CopyOnWriteArrayList<>();
		return new OwnClientResources(ClientResources.builder()
			.reconnectDelay(RECONNECT)
			.threadFactoryProvider((pool) -> remembering(new DefaultThreadFactory(pool, true), threads))
			.build(), threads);
	}

	private static ThreadFactory remembering(ThreadFactory factory, Collection<Thread> threads) {
		return (task) -> {
			Thread thread = factory.newThread(task);
			threads.add(thread);
			return thread;
		};
	}

	/**
	 * Create resources on the application's threads, which keep running after the
	 * shutdown: what is passed to the builder counts as shared. What
	 * {@link ClientResources#mutate()} returns would end them. The event bus is not
	 * shared: it reports only the tracker's own connections.
	 */
	static OwnClientResources on(ClientResources application) {
		return new OwnClientResources(ClientResources.builder()
			.reconnectDelay(RECONNECT)
			.eventLoopGroupProvider(application.eventLoopGroupProvider())
			.eventExecutorGroup(application.eventExecutorGroup())
			.timer(application.timer())
			.commandLatencyRecorder(application.commandLatencyRecorder())
			.commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
			.addressResolverGroup(application.addressResolverGroup())
			.socketAddressResolver(application.socketAddressResolver())
			.nettyCustomizer(application.nettyCustomizer())
			.tracing(application.tracing())
			.build(), List.of());
	}

	ClientResources resources() {
		return this.resources;
	}

	/**
	 * Return when the threads have ended, which is a moment after the resources report
	 * that they are shut down. If a web application brings Netty, its variables of the
	 * calling thread would keep the application's class loader. Otherwise, they are left:
	 * the application may use some of them.
	 */
	void shutDown() {
		this.resources.shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		ThreadEnd.await(this.threads, SHUTDOWN_TIMEOUT);
		boolean permanent = FastThreadLocal.class.getClassLoader() == ClassLoader.getSystemClassLoader();
		if (!permanent && !(Thread.currentThread() instanceof FastThreadLocalThread)) {
			FastThreadLocal.removeAll();
		}
	}

}
