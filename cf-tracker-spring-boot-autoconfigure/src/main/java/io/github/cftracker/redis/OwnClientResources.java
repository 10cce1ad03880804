package io.github.cftracker.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;

/**
 * The threads of our own connections. They try again every second at least while Redis is
 * gone; Lettuce's default lets half a minute pass.
 */
final class OwnClientResources {

	private static final Delay RECONNECT = Delay.exponential(Duration.ZERO, Duration.ofSeconds(1), 2,
			TimeUnit.MILLISECONDS);

	private OwnClientResources() {
	}

	static ClientResources create() {
		return ClientResources.builder().reconnectDelay(RECONNECT).build();
	}

	/**
	 * Works on the application's threads, and leaves them running when it is shut down:
	 * what is passed to the builder counts as shared. What
	 * {@link ClientResources#mutate()} returns would end them.
	 */
	static ClientResources on(ClientResources application) {
		return ClientResources.builder()
			.reconnectDelay(RECONNECT)
			.eventLoopGroupProvider(application.eventLoopGroupProvider())
			.eventExecutorGroup(application.eventExecutorGroup())
			.timer(application.timer())
			.eventBus(application.eventBus())
			.commandLatencyRecorder(application.commandLatencyRecorder())
			.commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
			.addressResolverGroup(application.addressResolverGroup())
			.socketAddressResolver(application.socketAddressResolver())
			.nettyCustomizer(application.nettyCustomizer())
			.tracing(application.tracing())
			.build();
	}

	static void shutDown(ClientResources resources) {
		resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
	}

}
