package io.github.cftracker.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PagesTests extends AbstractShopTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			/products     ; max-age=3600, public
			/products/3/reviews/5; max-age=3600, public
			/products/3   ; max-age=3600, public
			/shop.css     ; max-age=86400, public
			/basket       ; no-store
			""")
	void pageGoesOutWithItsOwnLifetime(String path, String cacheControl) throws Exception {
		HttpResponse<String> page = get(path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(cacheControl(page)).isEqualTo(cacheControl);
		assertThat(page.headers().firstValue("Pragma")).isEmpty();
		assertThat(page.headers().firstValue("Expires")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/products", "/products/3", "/products/99", "/shop.css", "/basket" })
	void pageSetsNoCookie(String path) throws Exception {
		assertThat(get(path).headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	void listLeadsToEveryProduct() throws Exception {
		String list = get("/products").body();
		for (int id = 1; id <= 12; id++) {
			assertThat(list).contains("href=\"/products/" + id + "\"");
			assertThat(get("/products/" + id).body()).containsOnlyOnce("class=\"price\"");
		}
	}

	@Test
	void pageThatIsMissingIsPageOfTheShop() throws Exception {
		HttpResponse<String> notFound = getHtml("/products/99");
		assertThat(notFound.statusCode()).isEqualTo(404);
		assertThat(notFound.body()).contains("<h1>Not Found</h1>", "href=\"/shop.css\"");
	}

}
