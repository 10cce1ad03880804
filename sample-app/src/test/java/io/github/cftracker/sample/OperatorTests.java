package io.github.cftracker.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorTests extends AbstractShopTests {

	private static final String INVALIDATE = "/actuator/cfinvalidate";

	private static final String PRICE = "/admin/products/5/price?value=30.00";

	@ParameterizedTest
	@ValueSource(strings = { INVALIDATE, PRICE })
	void changeNeedsLogin(String path) throws Exception {
		assertThat(post(path).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/info", INVALIDATE, "/actuator/cfpaths" })
	void endpointNeedsLogin(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(401);
		assertThat(getAsOperator(path).statusCode()).isEqualTo(200);
	}

	@Test
	void healthIsOpen() throws Exception {
		HttpResponse<String> health = get("/actuator/health");
		assertThat(health.statusCode()).isEqualTo(200);
		assertThat(health.body()).contains("\"status\":\"UP\"");
	}

	@Test
	void otherEndpointsAreNotThere() throws Exception {
		assertThat(getAsOperator("/actuator/env").statusCode()).isEqualTo(404);
		assertThat(getAsOperator("/actuator/configprops").statusCode()).isEqualTo(404);
	}

	@Test
	void bareInvalidationIsAccepted() throws Exception {
		assertThat(postAsOperator(INVALIDATE).statusCode()).isEqualTo(202);
	}

	@Test
	void loginStartsNoSession() throws Exception {
		assertThat(getAsOperator(INVALIDATE).headers().allValues("Set-Cookie")).isEmpty();
		assertThat(postAsOperator(INVALIDATE).headers().allValues("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, same-origin",
			"Origin, https://elsewhere.example", "Origin, null" })
	void changeThatPageSendsIsRefusedDespiteLogin(String header, String value) throws Exception {
		assertThat(postAsOperator(INVALIDATE, header, value).statusCode()).isEqualTo(403);
		assertThat(postAsOperator(PRICE, header, value).statusCode()).isEqualTo(403);
		assertThat(get("/products/5").body()).contains("32.40 EUR");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "", "-1", "1e3", "1.234", "1,50", "1000000" })
	void priceThatIsNoneIsRefused(String value) throws Exception {
		HttpResponse<String> refused = postAsOperator("/admin/products/6/price?value=" + value);
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).startsWith("'value' is '" + value + "', but must be a price such as 17.50");
	}

	@Test
	void priceOfUnknownProductIsNotFound() throws Exception {
		HttpResponse<String> refused = postAsOperator("/admin/products/99/price?value=17.50");
		assertThat(refused.statusCode()).isEqualTo(404);
		assertThat(refused.body()).startsWith("Product 99 does not exist");
	}

	@Test
	void priceIsShownInCents() throws Exception {
		assertThat(postAsOperator("/admin/products/6/price?value=8").statusCode()).isEqualTo(204);
		assertThat(get("/products/6").body()).contains("<p class=\"price\">8.00 EUR</p>");
	}

}
