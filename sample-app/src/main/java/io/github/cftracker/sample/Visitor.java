package io.github.cftracker.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.cftracker.test.LocalCloudFront;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Visits the shop from either side.
 */
@Component
@OnThisMachine
class Visitor {

	private static final int REVIEW_PAGES = 5;

	private final HttpClient http = HttpClient.newHttpClient();

	private final Products products;

	private final Environment environment;

	private final LocalCloudFront cloudFront;

	Visitor(Products products, Environment environment, LocalCloudFront cloudFront) {
		this.products = products;
		this.environment = environment;
		this.cloudFront = cloudFront;
	}

	List<Product> products() {
		return this.products.all();
	}

	BigDecimal changePrice(int id) {
		BigDecimal price = BigDecimal.valueOf(ThreadLocalRandom.current().nextInt(500, 9900), 2);
		this.products.changePrice(id, price);
		return price;
	}

	/**
	 * Visits every page through the edge.
	 * @return how many there are
	 */
	int browse() throws IOException, InterruptedException {
		List<String> pages = new ArrayList<>(List.of("/products"));
		for (Product product : products()) {
			pages.add("/products/" + product.id());
			for (int page = 1; page <= REVIEW_PAGES; page++) {
				pages.add("/products/%d/reviews/%d".formatted(product.id(), page));
			}
		}
		for (String page : pages) {
			throughEdge(page);
		}
		return pages.size();
	}

	PageView fromOrigin(String path) throws IOException, InterruptedException {
		return visit("http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port"), path);
	}

	PageView throughEdge(String path) throws IOException, InterruptedException {
		return visit(this.cloudFront.edge().toString(), path);
	}

	private PageView visit(String root, String path) throws IOException, InterruptedException {
		if (!path.startsWith("/products")) {
			throw new IllegalArgumentException("'%s' is not a page of the shop".formatted(path));
		}
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(URI.create(root + path)).build(),
				BodyHandlers.ofString());
		return new PageView(response.statusCode(), response.body(),
				response.headers()
					.firstValue("X-Cache")
					.map((cache) -> cache.replace(" from cloudfront", ""))
					.orElse(null),
				response.headers().firstValue("Age").orElse(null));
	}

}
