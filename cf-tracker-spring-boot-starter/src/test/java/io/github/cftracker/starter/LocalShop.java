package io.github.cftracker.starter;

import java.net.URI;
import java.util.UUID;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.test.LocalCloudFront;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The second main class that docs/testing.md recommends for local development.
 */
class LocalShop {

	public static void main(String[] args) {
		LocalCloudFront cloudFront = LocalCloudFront.builder()
			.edgePort(Integer.getInteger("edge-port"))
			.origin(URI.create("http://localhost:" + Integer.getInteger("server.port")))
			.start();
		SpringApplication.from(Shop::main)
			.run("--cf.tracker.endpoint=" + cloudFront.endpoint(),
					"--cf.tracker.distribution-id=" + cloudFront.distributionId(),
					"--cf.tracker.access-key=" + cloudFront.accessKey(),
					"--cf.tracker.secret-key=" + cloudFront.secretKey());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Pages.class)
	static class Shop {

		public static void main(String[] args) {
			SpringApplication.run(Shop.class, args);
		}

	}

	@RestController
	static class Pages {

		private final String start = UUID.randomUUID().toString();

		private final CloudFrontInvalidator invalidator;

		Pages(CloudFrontInvalidator invalidator) {
			this.invalidator = invalidator;
		}

		@GetMapping("/start")
		String start() {
			return this.start;
		}

		@PostMapping("/invalidate")
		Run.State invalidate() {
			return this.invalidator.invalidateAll().completion().join().state();
		}

	}

}
