package io.github.cftracker.web;

import java.io.IOException;

import io.github.cftracker.web.RawClient.Response;
import io.github.cftracker.web.RecordingTracker.Event;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that containers let through although they are odd.
 */
class OddRequestTests {

	@ParameterizedTest
	@CsvSource({ "JETTY, /%73hop/raw/a", "JETTY, /shop;v=1/raw/a", "JETTY, /shop;jsessionid=1/raw/a",
			"TOMCAT, //shop/raw/a" })
	void tracksContextPathHoweverItIsSpelled(Server server, String target) throws IOException {
		try (TestApplication application = TestApplication.start(server, "/shop")) {
			assertThat(get(application, target).status()).isEqualTo(200);
			assertThat(application.tracker().events()).containsExactly(Event.track(target));
		}
	}

	@ParameterizedTest
	@EnumSource(Server.class)
	void tracksMalformedPathParameter(Server server) throws IOException {
		try (TestApplication application = TestApplication.start(server, "")) {
			assertThat(get(application, "/raw/a;v=%zz").status()).isEqualTo(200);
			assertThat(application.tracker().events()).containsExactly(Event.track("/raw/a;v=*"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /raw/x/../excluded/a", "JETTY, /raw/x/../excluded/a", "TOMCAT, //raw/excluded/a",
			"TOMCAT, /raw//excluded/a", "TOMCAT, /raw/./excluded/a", "JETTY, /raw/./excluded/a",
			"TOMCAT, /raw/x/%2e%2e/excluded/a" })
	void dotSegmentsAndDoubleSlashesDoNotEvadeExclude(Server server, String target) throws IOException {
		try (TestApplication application = TestApplication.start(server, "")) {
			assertThat(get(application, target).status()).isEqualTo(200);
			assertThat(application.tracker().events()).isEmpty();
		}
	}

	// On Jetty what was decided before the error page stands
	@ParameterizedTest
	@CsvSource({ "TOMCAT, /spa/not-found", "TOMCAT, /spa/exception" })
	void tracksWhatAnErrorPageAnswersWith200(Server server, String target) throws IOException {
		try (ServletWebServerApplicationContext context = startSpa(server)) {
			Response response = RawClient.send(context.getWebServer().getPort(), "GET", target, "X-Test-Id: 1");
			assertThat(response.status()).isEqualTo(200);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(RecordingTracker.class).events())
					.endsWith(Event.track(target)));
			// As old as the request, and not as the error page
			assertThat(context.getBean(RecordingTracker.class).ages()).singleElement()
				.satisfies((age) -> assertThat(age).isGreaterThanOrEqualTo(Pause.LENGTH));
		}
	}

	private static ServletWebServerApplicationContext startSpa(Server server) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(TestApplication.Config.class,
				SpaConfig.class)
			.web(WebApplicationType.SERVLET)
			.initializers((context) -> context.getBeanFactory().registerSingleton("server", server))
			.run("--server.port=0");
	}

	private static Response get(TestApplication application, String target) throws IOException {
		Response response = RawClient.send(application.port(), "GET", target, "X-Test-Id: 1");
		Awaitility.await().until(() -> application.endOfRequest().hasEnded("1"));
		return response;
	}

	@Configuration(proxyBeanMethods = false)
	static class SpaConfig {

		@Bean
		ErrorPageRegistrar errorPages() {
			return (registry) -> registry.addErrorPages(new ErrorPage(HttpStatus.NOT_FOUND, "/index"),
					new ErrorPage(IllegalStateException.class, "/index"));
		}

		@Bean
		SpaController spaController() {
			return new SpaController();
		}

	}

	@Controller
	static class SpaController {

		@GetMapping("/spa/not-found")
		void notFound(HttpServletResponse response) throws IOException {
			Pause.pause();
			response.sendError(404);
		}

		@GetMapping("/spa/exception")
		void exception() {
			Pause.pause();
			throw new IllegalStateException();
		}

		@GetMapping("/index")
		ResponseEntity<String> index() {
			return ResponseEntity.ok("<html>");
		}

	}

}
