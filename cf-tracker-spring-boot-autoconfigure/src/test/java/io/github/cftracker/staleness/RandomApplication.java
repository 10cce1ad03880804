package io.github.cftracker.staleness;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application, whose only controller is {@link RandomPages}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RandomApplication {

	@Bean
	RequestCounter requestCounter() {
		return new RequestCounter();
	}

	@Bean
	TomcatServletWebServerFactory webServer(RequestCounter counter) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
		factory.addEngineValves(counter);
		return factory;
	}

}
