package com.example.shop;

import java.net.http.HttpResponse;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application behind the local CloudFront, with its cache, its security and its
 * database.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalCloudFront
class LocalCloudFrontTests {

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@Autowired
	private UrlStore store;

	@Autowired
	private Catalog catalog;

	@Autowired
	private CacheManager caches;

	@LocalServerPort
	private int port;

	@BeforeEach
	void clear() {
		this.invalidator.invalidateAll().completion().join();
		this.cloudFront.clear();
	}

	@Test
	void runsOnTheNamedSpringBoot() {
		assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("consumers.spring-boot"));
	}

	@Test
	void tracksPagesAndInvalidatesThemAfterAChange() {
		Browser edge = new Browser(this.cloudFront.edge() + "/shop");
		assertThat(edge.get("/products/1").body()).isEqualTo("{\"name\":\"cup\"}");
		assertThat(edge.get("/products/1").headers().firstValue("X-Cache")).hasValue("Hit from cloudfront");
		assertThat(edge.get("/products").body()).contains("<p>plate</p>");
		Awaitility.await().untilAsserted(() -> assertThat(this.store.count()).isEqualTo(2));
		Browser application = application();
		assertThat(application.putAsOperator("/products/1", "{\"name\":\"mug\"}").statusCode()).isEqualTo(200);
		Awaitility.await().untilAsserted(() -> assertThat(this.cloudFront.invalidations()).hasSize(1));
		assertThat(edge.get("/products/1").body()).isEqualTo("{\"name\":\"mug\"}");
		this.catalog.replace(new Product(1L, "cup"));
		Awaitility.await().untilAsserted(() -> assertThat(this.cloudFront.invalidations()).hasSize(2));
		assertThat(this.cloudFront.invalidations())
			.allSatisfy((invalidation) -> assertThat(invalidation.paths()).containsExactly("/shop/products/1"));
		HttpResponse<String> run = application.postAsOperator("/actuator/cfinvalidate?wait=30s");
		assertThat(run.body()).contains("\"state\":\"COMPLETED\"", "\"requestedBy\":\"operator\"");
		assertThat(this.store.count()).isZero();
	}

	@Test
	void keepsTheApplicationsSecurityValidationAndCache() {
		Browser application = application();
		assertThat(application.get("/actuator/cfpaths").statusCode()).isEqualTo(401);
		assertThat(application.putAsOperator("/products/1", "{\"name\":\"\"}").statusCode()).isEqualTo(400);
		assertThat(application.get("/actuator/health").body()).contains("\"status\":\"UP\"", "\"cfTracker\"");
		assertThat(this.caches).isInstanceOf(CaffeineCacheManager.class);
		assertThat(application.get("/products/2").statusCode()).isEqualTo(200);
		assertThat(this.caches.getCache("names").get(2L, String.class)).isEqualTo("plate");
	}

	private Browser application() {
		return new Browser("http://127.0.0.1:" + this.port + "/shop");
	}

}
