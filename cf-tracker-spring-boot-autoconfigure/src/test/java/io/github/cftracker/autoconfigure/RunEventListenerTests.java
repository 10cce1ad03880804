package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.RunEvent;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners of the application, as they hear of runs that are really sent.
 */
class RunEventListenerTests {

	@Test
	void hearEverythingInOrderAlsoBesideOneThatThrows() {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().start()) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
				.withUserConfiguration(Listeners.class)
				.withPropertyValues("cf.tracker.store=memory",
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> {
					Listeners listeners = context.getBean(Listeners.class);
					CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
					context.getBean(UrlTracker.class).track("/a");
					context.getBean(UrlTracker.class).track("/~b");
					Run sent = invalidator.invalidateAll().completion().join();
					cloudFront.refuseNext(403, "AccessDenied", "No");
					context.getBean(UrlTracker.class).track("/c");
					Run failed = invalidator.invalidateAll().completion().join();
					Awaitility.await().until(() -> listeners.heard.size() == 4);
					assertThat(listeners.heard).extracting((event) -> event.getClass().getSimpleName())
						.containsExactly("PathRejected", "Accepted", "Completed", "Failed");
					assertThat(listeners.heard.subList(0, 3))
						.allSatisfy((event) -> assertThat(event.run().id()).isEqualTo(sent.id()));
					assertThat(listeners.heard.get(3).run()).isEqualTo(failed);
					assertThat(listeners.completed).containsExactly(sent);
				});
		}
	}

	@Test
	void hearTheLastOnesWhileTheContextCloses() {
		Listeners[] listeners = new Listeners[1];
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withUserConfiguration(Listeners.class)
			.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123")
			.run((context) -> {
				listeners[0] = context.getBean(Listeners.class);
				context.getBean(CloudFrontInvalidator.class).invalidateAll().completion().join();
			});
		assertThat(listeners[0].completed).extracting(Run::state).containsExactly(Run.State.EMPTY);
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

		private final List<Run> completed = new CopyOnWriteArrayList<>();

		@EventListener
		@Order(0)
		void all(RunEvent event) {
			this.heard.add(event);
		}

		@EventListener
		@Order(1)
		void completed(RunEvent.Completed event) {
			this.completed.add(event.run());
		}

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE)
		void broken(RunEvent event) {
			throw new IllegalStateException("Broken");
		}

	}

}
