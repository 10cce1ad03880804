package io.github.cftracker.web.endpoint;

import java.util.List;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;

@Tag("full")
class JerseyManagementPortEndpointRequestsTests extends JerseyEndpointRequestsTests {

	@Override
	List<String> arguments() {
		return List.of("--management.server.port=0",
				"--spring.autoconfigure.exclude=" + JettyServletManagementContextAutoConfiguration.class.getName());
	}

	@Override
	String port() {
		return "local.management.port";
	}

}
