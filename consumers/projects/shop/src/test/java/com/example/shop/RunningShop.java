package com.example.shop;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as its main method starts it, behind a local CloudFront.
 */
final class RunningShop implements AutoCloseable {

	private final LocalCloudFront cloudFront;

	private final ConfigurableApplicationContext context;

	private RunningShop(SpringApplicationBuilder application, String[] properties) {
		this.cloudFront = LocalCloudFront.builder().origin(this::origin).start();
		Map<String, String> arguments = new LinkedHashMap<>();
		arguments.put("server.port", "0");
		arguments.put("cf.tracker.endpoint", this.cloudFront.endpoint().toString());
		arguments.put("cf.tracker.region", this.cloudFront.region());
		arguments.put("cf.tracker.access-key", this.cloudFront.accessKey());
		arguments.put("cf.tracker.secret-key", this.cloudFront.secretKey());
		arguments.put("cf.tracker.distribution-id", this.cloudFront.distributionId());
		for (String property : properties) {
			arguments.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		this.context = application.run(arguments.entrySet()
			.stream()
			.map((argument) -> "--" + argument.getKey() + "=" + argument.getValue())
			.toArray(String[]::new));
	}

	static RunningShop start(String... properties) {
		return start(new SpringApplicationBuilder(ShopApplication.class), properties);
	}

	static RunningShop start(SpringApplicationBuilder application, String... properties) {
		return new RunningShop(application, properties);
	}

	private URI origin() {
		return URI.create("http://127.0.0.1:" + port("local.server.port"));
	}

	int port(String name) {
		return this.context.getEnvironment().getRequiredProperty(name, Integer.class);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	LocalCloudFront cloudFront() {
		return this.cloudFront;
	}

	Browser application() {
		return new Browser(origin() + "/shop");
	}

	/**
	 * Requests a page through the edge, and invalidates it by the change of its product.
	 */
	void assertTracksAndInvalidates() {
		this.cloudFront.clear();
		Browser edge = new Browser(this.cloudFront.edge() + "/shop");
		Catalog catalog = this.context.getBean(Catalog.class);
		UrlStore store = this.context.getBean(UrlStore.class);
		String current = "cup";
		for (String name : List.of("mug", "cup")) {
			assertThat(edge.get("/products/1").body()).contains(current);
			Awaitility.await().untilAsserted(() -> assertThat(store.count()).isEqualTo(1));
			int before = this.cloudFront.invalidations().size();
			catalog.rename(1, name);
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.cloudFront.invalidations()).hasSize(before + 1)
					.last()
					.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/shop/products/1")));
			Awaitility.await().untilAsserted(() -> assertThat(store.count()).isZero());
			current = name;
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.cloudFront.close();
	}

}
