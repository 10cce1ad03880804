package io.github.cftracker.benchmarks.micro;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.web.TrackingFilter;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter as everybody has it, except that nothing is flushed
 * until somebody says so.
 */
final class TrackedApplication implements AutoCloseable {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().start();

	private final ConfigurableApplicationContext context;

	TrackedApplication(String... properties) {
		this.context = new SpringApplicationBuilder(Config.class)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
					"cf.tracker.store=memory", "cf.tracker.tracking.flush-interval=1h",
					"cf.tracker.tracking.max-pending=1000000", "cf.tracker.tracking.max-variants=1000000",
					"cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
					"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
					"cf.tracker.access-key=" + this.cloudFront.accessKey(),
					"cf.tracker.secret-key=" + this.cloudFront.secretKey())
			.run(Arrays.stream(properties).map("--"::concat).toArray(String[]::new));
		Objects.requireNonNull(this.context.getBean(DistributionMirror.class).await(Duration.ofSeconds(30)),
				"The distribution is unknown");
	}

	TrackingFilter filter() {
		return Objects.requireNonNull(
				(TrackingFilter) this.context.getBean("cfTrackerTrackingFilter", FilterRegistrationBean.class)
					.getFilter());
	}

	PathRecorder recorder() {
		return this.context.getBean(PathRecorder.class);
	}

	UrlStore store() {
		return this.context.getBean(UrlStore.class);
	}

	@Override
	public void close() {
		this.context.close();
		this.cloudFront.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Config {

	}

}
