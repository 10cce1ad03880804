package io.github.cftracker.sample;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShopBehindEdgeTests extends AbstractShopTests {

	@Test
	void changedPriceShowsOnlyAfterInvalidation() throws Exception {
		assertThat(cacheState(throughEdge("/products/7"))).isEqualTo("Miss");
		HttpResponse<String> cached = throughEdge("/products/7");
		assertThat(cacheState(cached)).isEqualTo("Hit");
		assertThat(cached.body()).contains("<p class=\"price\">19.90 EUR</p>");

		assertThat(postAsOperator("/admin/products/7/price?value=17.50").statusCode()).isEqualTo(204);
		assertThat(get("/products/7").body()).contains("<p class=\"price\">17.50 EUR</p>");
		HttpResponse<String> old = throughEdge("/products/7");
		assertThat(cacheState(old)).isEqualTo("Hit");
		assertThat(old.body()).contains("19.90 EUR");

		HttpResponse<String> run = invalidate("{\"wait\":\"PT30S\"}");
		assertThat(run.statusCode()).isEqualTo(200);
		assertThat(run.body()).contains("\"state\":\"COMPLETED\"").contains("\"error\":null");
		HttpResponse<String> changed = throughEdge("/products/7");
		assertThat(cacheState(changed)).isEqualTo("Miss");
		assertThat(changed.body()).contains("17.50 EUR").doesNotContain("19.90");
	}

	@Test
	void listAndStyleSheetAreCachedTooAndInvalidated() throws Exception {
		for (String path : new String[] { "/products", "/shop.css" }) {
			assertThat(cacheState(throughEdge(path))).isEqualTo("Miss");
			assertThat(cacheState(throughEdge(path))).isEqualTo("Hit");
		}

		assertThat(invalidate("{\"wait\":\"PT30S\"}").body()).contains("\"state\":\"COMPLETED\"");

		assertThat(cacheState(throughEdge("/products"))).isEqualTo("Miss");
		assertThat(cacheState(throughEdge("/shop.css"))).isEqualTo("Miss");
	}

	@Test
	void onePathIsInvalidatedAlone() throws Exception {
		throughEdge("/products/1");
		throughEdge("/products/2");

		assertThat(invalidate("{\"paths\":\"/products/1\",\"wait\":\"PT30S\"}").body())
			.contains("\"state\":\"COMPLETED\"", "\"items\":1");

		assertThat(cacheState(throughEdge("/products/1"))).isEqualTo("Miss");
		assertThat(cacheState(throughEdge("/products/2"))).isEqualTo("Hit");
	}

	@Test
	void basketIsNeverHit() throws Exception {
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> basket = throughEdge("/basket");
			assertThat(cacheControl(basket)).isEqualTo("no-store");
			assertThat(cacheState(basket)).isEqualTo("Miss");
		}
		assertNotTracked("/basket");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nothing-here", "/products/99", "/products/teapot" })
	void whatIsNotFoundIsNotTracked(String path) throws Exception {
		HttpResponse<String> notFound = throughEdge(path);
		assertThat(notFound.statusCode()).isEqualTo(404);
		assertThat(cacheControl(notFound)).isEmpty();
		assertNotTracked(path);
	}

	/**
	 * What is requested later and shows up was written later, so the path had its chance.
	 */
	private void assertNotTracked(String path) throws IOException, InterruptedException {
		throughEdge("/products/12");
		Awaitility.await().until(() -> trackedPaths().contains("\"/products/12\""));
		assertThat(trackedPaths()).doesNotContain("\"" + path + "\"");
	}

	private String trackedPaths() throws IOException, InterruptedException {
		return getAsOperator("/actuator/cfpaths").body();
	}

}
