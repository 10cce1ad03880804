package io.github.cftracker.web.endpoint;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

@Tag("full")
class WebFluxEndpointRequestsTests extends EndpointRequestsContractTests {

	@Override
	SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.web(WebApplicationType.REACTIVE);
	}

	@Override
	boolean takesLargeBodies() {
		return false;
	}

}
