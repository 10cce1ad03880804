package io.github.cftracker.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.web.LifetimeTable.Response;
import io.github.cftracker.web.LifetimeTable.Row;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Answers from a real Tomcat with the responses of {@code docs/tracking.md}, and compares
 * how long the store then keeps each path.
 */
class LifetimeTableTests {

	private static final Path DOCUMENT = Path.of("../docs/tracking.md");

	// A deadline is rounded up, and a path that is written twice may live a minute longer
	private static final Duration ROUNDED = Duration.ofSeconds(65);

	static List<LifetimeTable> tables() {
		return LifetimeTable.read(DOCUMENT);
	}

	@Test
	void hasEnoughRows() {
		assertThat(tables().stream().mapToInt((table) -> table.rows().size()).sum()).isGreaterThanOrEqualTo(40);
	}

	@ParameterizedTest
	@MethodSource("tables")
	void tracksForAsLongAsTheTableSays(LifetimeTable table) throws IOException {
		try (Application application = new Application(table)) {
			SoftAssertions softly = new SoftAssertions();
			for (Row row : table.rows()) {
				Instant before = Instant.now();
				Instant expiresAt = application.expiresAt(row);
				if (row.lifetime().isZero()) {
					softly.assertThat(expiresAt).as(row.text()).isNull();
				}
				else {
					softly.assertThat(expiresAt)
						.as(row.text())
						.isBetween(before.plus(row.lifetime()).minusMillis(1),
								Instant.now().plus(row.lifetime()).plus(ROUNDED));
				}
			}
			softly.assertAll();
		}
	}

	private static final class Application implements AutoCloseable {

		private final ServletWebServerApplicationContext context;

		private int paths;

		Application(LifetimeTable table) {
			List<String> properties = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
					"cf.tracker.store=memory", "cf.tracker.distribution-id=E1", "cf.tracker.distribution.mirror=false",
					"cf.tracker.endpoint=http://127.0.0.1:1", "cf.tracker.access-key=a", "cf.tracker.secret-key=b"));
			properties.addAll(table.properties());
			this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Config.class)
				.run(properties.stream().map("--"::concat).toArray(String[]::new));
		}

		/**
		 * Returns when the path of a row expires, {@code null} if it is not tracked.
		 */
		Instant expiresAt(Row row) throws IOException {
			String path = "/row/" + this.paths++;
			for (Response response : row.responses()) {
				answer(path, response);
			}
			this.context.getBean(PathRecorder.class).flush();
			return this.context.getBean(UrlStore.class)
				.scan(path, 10)
				.stream()
				.filter((tracked) -> tracked.path().equals(path))
				.map(TrackedPath::expiresAt)
				.findFirst()
				.orElse(null);
		}

		/**
		 * Returns when the filter has decided about a response.
		 */
		private void answer(String path, Response response) throws IOException {
			String id = UUID.randomUUID().toString();
			List<String> headers = new ArrayList<>();
			headers.add(EndOfRequestFilter.ID_HEADER + ": " + id);
			headers.add(RespondingServlet.STATUS + ": " + response.status());
			response.headers().forEach((header) -> headers.add(RespondingServlet.HEADER + ": " + header));
			RawClient.Response received = RawClient.send(this.context.getWebServer().getPort(), "GET", path,
					headers.toArray(String[]::new));
			assertThat(received.status()).isEqualTo(response.status());
			response.headers().forEach((header) -> assertThat(received.text()).containsIgnoringCase(header));
			EndOfRequestFilter ended = (EndOfRequestFilter) this.context
				.getBean("endOfRequest", FilterRegistrationBean.class)
				.getFilter();
			await().pollInterval(Duration.ofMillis(1)).until(() -> ended.hasEnded(id));
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	/**
	 * Answers with the status and the headers that a request names.
	 */
	static class RespondingServlet extends HttpServlet {

		static final String STATUS = "X-Respond-Status";

		static final String HEADER = "X-Respond-Header";

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(request.getIntHeader(STATUS));
			for (String header : Collections.list(request.getHeaders(HEADER))) {
				int colon = header.indexOf(':');
				response.addHeader(header.substring(0, colon), header.substring(colon + 1).strip());
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = JettyServletWebServerAutoConfiguration.class)
	static class Config {

		@Bean
		ServletRegistrationBean<RespondingServlet> respondingServlet() {
			return new ServletRegistrationBean<>(new RespondingServlet(), "/*");
		}

		@Bean
		FilterRegistrationBean<EndOfRequestFilter> endOfRequest() {
			return EndOfRequestFilter.outermost();
		}

	}

}
