package com.example.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An aspect of the application sees the calls of the public interfaces, with both kinds
 * of proxies.
 */
class AspectTests {

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.aop.proxy-target-class=true")
	class WithClassProxies extends Proxied {

	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.aop.proxy-target-class=false")
	class WithInterfaceProxies extends Proxied {

	}

	@AutoConfigureLocalCloudFront
	@Import(AuditConfiguration.class)
	abstract static class Proxied {

		@Autowired
		private Audit audit;

		@Autowired
		private CloudFrontInvalidator invalidator;

		@Autowired
		private UrlTracker tracker;

		@Autowired
		private Catalog catalog;

		@Autowired
		private LocalCloudFront cloudFront;

		@LocalServerPort
		private int port;

		@Test
		void theAspectSeesEachTrigger() {
			this.tracker.track("/shop/tracked-manually");
			assertThat(this.audit.calls).contains("UrlTracker.track");
			assertThat(this.invalidator.find("unknown")).isEmpty();
			assertThat(this.audit.calls).contains("CloudFrontInvalidator.find");
			this.catalog.rename(1, "mug");
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.audit.calls).contains("CloudFrontInvalidator.invalidate"));
			this.audit.calls.clear();
			Browser application = new Browser("http://127.0.0.1:" + this.port + "/shop");
			assertThat(application.postAsOperator("/actuator/cfinvalidate?wait=30s").body()).contains("COMPLETED");
			assertThat(this.audit.calls).contains("CloudFrontInvalidator.invalidate");
			assertThat(this.cloudFront.invalidations()).isNotEmpty();
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class AuditConfiguration {

		@Bean
		Audit audit() {
			return new Audit();
		}

	}

	@Aspect
	static class Audit {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Before("execution(* io.github.cftracker.CloudFrontInvalidator.*(..)) || execution(* io.github.cftracker.UrlTracker.*(..))")
		void called(JoinPoint call) {
			String type = (call.getThis() instanceof UrlTracker) ? "UrlTracker" : "CloudFrontInvalidator";
			this.calls.add(type + "." + call.getSignature().getName());
		}

	}

}
