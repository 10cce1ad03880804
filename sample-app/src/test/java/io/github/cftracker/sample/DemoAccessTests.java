package io.github.cftracker.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoAccessTests extends AbstractShopTests {

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none",
			"X-Other, same-origin" })
	void onlyItsOwnPageMayAskIt(String header, String value) throws Exception {
		assertThat(post("/demo/browse", header, value).statusCode()).isEqualTo(403);
		assertThat(post("/demo/invalidate", header, value, "Content-Type", "application/json").statusCode())
			.isEqualTo(403);
		assertThat(get("/demo/state").statusCode()).isEqualTo(403);
	}

	@Test
	void itsOwnPageMay() throws Exception {
		HttpResponse<String> browsed = post("/demo/browse", "Sec-Fetch-Site", "same-origin");
		assertThat(browsed.statusCode()).isEqualTo(200);
		assertThat(browsed.body()).isEqualTo("{\"pages\":73}");
	}

	@Test
	void anythingButThePagesOfTheShopIsRefusedWithAReason() throws Exception {
		HttpResponse<String> refused = get("/demo/view?path=/actuator", "Sec-Fetch-Site", "same-origin");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).isEqualTo("{\"error\":\"'/actuator' is not a page of the shop\"}");
	}

	@Test
	void thePageIsCachedByNobody() throws Exception {
		HttpResponse<String> page = get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(cacheControl(page)).isEqualTo("no-store");
		assertThat(page.body()).doesNotContain("http://", "https://www");
	}

}
