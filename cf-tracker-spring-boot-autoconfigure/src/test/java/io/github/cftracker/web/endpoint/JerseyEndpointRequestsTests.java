package io.github.cftracker.web.endpoint;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.DefaultResourceLoader;

@Tag("full")
class JerseyEndpointRequestsTests extends EndpointRequestsContractTests {

	@Override
	SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.web(WebApplicationType.SERVLET)
			.resourceLoader(new DefaultResourceLoader(new FilteredClassLoader("org.springframework.web.servlet")));
	}

}
