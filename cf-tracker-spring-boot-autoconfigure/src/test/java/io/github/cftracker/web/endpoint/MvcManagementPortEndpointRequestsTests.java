package io.github.cftracker.web.endpoint;

import java.util.List;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;

@Tag("full")
class MvcManagementPortEndpointRequestsTests extends EndpointRequestsContractTests {

	@Override
	SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.web(WebApplicationType.SERVLET);
	}

	@Override
	List<String> arguments() {
		return List.of("--management.server.port=0",
				"--spring.autoconfigure.exclude=" + JettyServletManagementContextAutoConfiguration.class.getName(),
				"--management.server.base-path=/ops");
	}

	@Override
	String contextPath() {
		return "/ops";
	}

	@Override
	String port() {
		return "local.management.port";
	}

}
