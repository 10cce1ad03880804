package io.github.cftracker.sample;

import java.net.URI;

import io.github.cftracker.test.LocalCloudFront;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A CloudFront on this machine, with this application behind its edge. A bean, so that it
 * outlives what the tracker still sends when it stops.
 */
@Configuration(proxyBeanMethods = false)
@OnThisMachine
class LocalCloudFrontConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(LocalCloudFrontConfiguration.class);

	@Bean
	LocalCloudFront localCloudFront(Environment environment) {
		return LocalCloudFront.builder()
			.distributionId(environment.getRequiredProperty("cf.tracker.distribution-id"))
			.accessKey(environment.getRequiredProperty("cf.tracker.access-key"))
			.secretKey(environment.getRequiredProperty("cf.tracker.secret-key"))
			.apiPort(environment.getRequiredProperty("sample.api-port", Integer.class))
			.edgePort(environment.getRequiredProperty("sample.edge-port", Integer.class))
			.origin(() -> application(environment))
			.start();
	}

	@Bean
	ApplicationRunner signpost(LocalCloudFront cloudFront, Environment environment) {
		return (arguments) -> logger.info(
				"The shop is open: {} through the CloudFront edge, {} directly from the application", cloudFront.edge(),
				application(environment));
	}

	private static URI application(Environment environment) {
		return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
	}

}
