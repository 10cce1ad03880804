package io.github.cftracker.web.endpoint;

import java.util.List;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyReactiveManagementContextAutoConfiguration;

@Tag("full")
class WebFluxManagementPortEndpointRequestsTests extends EndpointRequestsContractTests {

	@Override
	SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.web(WebApplicationType.REACTIVE);
	}

	@Override
	List<String> arguments() {
		return List.of("--management.server.port=0",
				"--spring.autoconfigure.exclude=" + JettyReactiveManagementContextAutoConfiguration.class.getName());
	}

	@Override
	String port() {
		return "local.management.port";
	}

	@Override
	boolean takesLargeBodies() {
		return false;
	}

}
