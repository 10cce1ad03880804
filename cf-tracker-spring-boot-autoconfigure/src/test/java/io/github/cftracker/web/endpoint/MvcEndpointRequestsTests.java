package io.github.cftracker.web.endpoint;

import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

class MvcEndpointRequestsTests extends EndpointRequestsContractTests {

	@Override
	SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.web(WebApplicationType.SERVLET);
	}

	@Override
	List<String> arguments() {
		return List.of("--server.servlet.context-path=/shop");
	}

	@Override
	String contextPath() {
		return "/shop";
	}

}
