package io.github.cftracker.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.DistributionSettings;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.web.PathTable.Row;
import io.github.cftracker.web.RawClient.Response;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sends every request line of {@code docs/paths.md} to a real Tomcat, and again through
 * the edge of the local CloudFront.
 */
class PathTableTests {

	private static final String CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

	private static final Path DOCUMENT = Path.of("../docs/paths.md");

	private static final Map<PathTable, Application> APPLICATIONS = new HashMap<>();

	@AfterAll
	static void close() {
		APPLICATIONS.values().forEach(Application::close);
		APPLICATIONS.clear();
	}

	static List<PathTable> tables() {
		return PathTable.read(DOCUMENT);
	}

	@Test
	void hasEnoughRows() {
		assertThat(tables().stream().mapToInt((table) -> table.rows().size()).sum()).isGreaterThanOrEqualTo(80);
	}

	@ParameterizedTest
	@MethodSource("tables")
	void sendsWhatTheTableSays(PathTable table) throws Exception {
		Application application = application(table);
		SoftAssertions softly = new SoftAssertions();
		for (Row row : table.rows()) {
			application.clear();
			softly.assertThat(application.sent(row)).as("sent for %s", row).isEqualTo(Sent.of(row));
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void leavesTheEdge(PathTable table) throws Exception {
		Application application = application(table);
		SoftAssertions softly = new SoftAssertions();
		for (Row row : table.rows()) {
			for (String target : viewerTargets(table, row)) {
				application.clear();
				List<String> expected = row.isTracked() ? List.of("Miss", "Hit", "Miss")
						: List.of("Miss", "Hit", "Hit");
				softly.assertThat(application.throughTheEdge(row, target))
					.as("%s for %s", target, row)
					.isEqualTo(expected);
			}
		}
		softly.assertAll();
	}

	/**
	 * One for each table: to start it takes longer than to go through its rows.
	 */
	private static Application application(PathTable table) {
		return APPLICATIONS.computeIfAbsent(table, Application::new);
	}

	/**
	 * What viewers may have asked for so that the origin is asked as the table says; none
	 * where no viewer can have.
	 */
	private static List<String> viewerTargets(PathTable table, Row row) {
		String target = row.path();
		if (table.has("cf.tracker.tracking.origin-path=/shop")) {
			return target.startsWith("/shop/") ? List.of(target.substring("/shop".length())) : List.of();
		}
		if (table.has("cf.tracker.tracking.path-header=X-Viewer-Path") && row.isTracked()) {
			return row.tracked();
		}
		if (table.name().contains("default root object") && row.tracked().size() == 2) {
			return row.tracked();
		}
		return List.of(target);
	}

	/**
	 * What an invalidation of everything has sent.
	 *
	 * @param paths the items, sorted
	 * @param rejected what CloudFront could not take
	 */
	private record Sent(List<String> paths, List<String> rejected) {

		static Sent of(Row row) {
			return new Sent(row.tracked().stream().sorted().toList(), row.rejected());
		}

	}

	private static final class Application implements AutoCloseable {

		private final LocalCloudFront cloudFront;

		private final ServletWebServerApplicationContext context;

		Application(PathTable table) {
			this.cloudFront = LocalCloudFront.builder()
				.completesAfter(Duration.ZERO)
				.distribution((distribution) -> configure(distribution, table))
				.start();
			String[] properties = { "server.port=0", "spring.main.banner-mode=off",
					"server.tomcat.relaxed-path-chars=\",<,>,[,\\,],^,`,{,|,}",
					"server.tomcat.relaxed-query-chars=\",<,>,[,\\,],^,`,{,|,}", "cf.tracker.store=memory",
					"cf.tracker.tracking.flush-interval=1ms", "cf.tracker.invalidation.items-per-second=0",
					"cf.tracker.invalidation.wildcards-per-second=0", "cf.tracker.invalidation.calls-per-second=1000",
					// What a row rendered while the row before was accepted is not late:
					// rows stay apart
					"cf.tracker.invalidation.fresh-window=0",
					"cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
					"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
					"cf.tracker.access-key=" + this.cloudFront.accessKey(),
					"cf.tracker.secret-key=" + this.cloudFront.secretKey() };
			List<String> all = new ArrayList<>(Arrays.asList(properties));
			all.addAll(table.properties());
			this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Config.class)
				.run(all.stream().map("--"::concat).toArray(String[]::new));
			assertThat(this.context.getWebServer()).isInstanceOf(TomcatWebServer.class);
			this.cloudFront.origin(URI.create("http://127.0.0.1:" + port()));
			if (!table.has("cf.tracker.distribution.mirror=false")) {
				await().until(() -> this.context.getBean(DistributionMirror.class).distribution() != null);
			}
		}

		private static void configure(DistributionSettings distribution, PathTable table) {
			if (table.name().contains("default root object")) {
				distribution.defaultRootObject("index.html");
			}
			if (table.has("cf.tracker.tracking.origin-path=/shop")) {
				distribution.originPath("origin", "/shop");
			}
			distribution.defaultBehavior((behavior) -> configure(behavior, table));
		}

		private static void configure(BehaviorSettings behavior, PathTable table) {
			if (table.name().contains("before the cache")) {
				behavior.viewerRequest("add-index", (path) -> path.endsWith("/") ? path + "index.html" : path);
			}
			if (table.name().contains("managed cache policy")) {
				behavior.cachePolicy(CACHING_OPTIMIZED);
			}
			if (table.has("cf.tracker.tracking.query-string.mode=none")) {
				behavior.noQueryStrings().forwardsAllQueryStrings();
			}
			if (table.has("cf.tracker.tracking.query-string.mode=include")) {
				behavior.queryStrings("page", "sort").forwardsAllQueryStrings();
			}
			if (table.has("cf.tracker.tracking.query-string.mode=exclude")) {
				behavior.queryStringsExcept("utm_source", "gclid").forwardsAllQueryStrings();
			}
		}

		private int port() {
			return this.context.getWebServer().getPort();
		}

		/**
		 * Forgets what earlier rows have left.
		 */
		void clear() {
			this.context.getBean(PathRecorder.class).flush();
			UrlStore store = this.context.getBean(UrlStore.class);
			store.untrack(store.scan("/", 1000).stream().map(TrackedPath::path).toList());
			this.cloudFront.clear();
		}

		Sent sent(Row row) throws Exception {
			ask(port(), row, row.target());
			List<String> rejected = invalidate(row);
			return new Sent(this.cloudFront.invalidations()
				.stream()
				.map(Invalidation::paths)
				.flatMap(List::stream)
				.sorted()
				.toList(), rejected);
		}

		List<String> throughTheEdge(Row row, String target) throws Exception {
			String first = askEdge(row, target);
			String second = askEdge(row, target);
			invalidate(row);
			return List.of(first, second, askEdge(row, target));
		}

		private String askEdge(Row row, String target) throws Exception {
			Response response = ask(this.cloudFront.edge().getPort(), row, target);
			String state = response.text().substring(response.text().indexOf("X-Cache: ") + 9);
			return state.substring(0, state.indexOf(' '));
		}

		/**
		 * Returns when the filter has recorded the request, if it reached the
		 * application.
		 */
		private Response ask(int port, Row row, String target) throws Exception {
			String id = UUID.randomUUID().toString();
			String[] headers = row.headers().toArray(new String[row.headers().size() + 1]);
			headers[row.headers().size()] = EndOfRequestFilter.ID_HEADER + ": " + id;
			Response response = RawClient.send(port, row.method(), target, headers);
			assertThat(response.status()).as("%s: %s", row, response.text()).isEqualTo(200);
			if (!response.text().contains("X-Cache: Hit")) {
				EndOfRequestFilter ended = (EndOfRequestFilter) this.context
					.getBean("endOfRequest", FilterRegistrationBean.class)
					.getFilter();
				await().pollInterval(Duration.ofMillis(1)).until(() -> ended.hasEnded(id));
			}
			return response;
		}

		/**
		 * Returns when CloudFront has accepted what there is, or there is nothing.
		 * @return what was rejected
		 */
		private List<String> invalidate(Row row) throws Exception {
			RunHandle handle = this.context.getBean(CloudFrontInvalidator.class).invalidateAll();
			if (row.isTracked()) {
				// The run of the row before may still send a path that was rendered late
				await().pollInterval(Duration.ofMillis(1))
					.until(() -> this.cloudFront.invalidations()
						.stream()
						.anyMatch((invalidation) -> invalidation.callerReference().contains(handle.id())));
				return List.of();
			}
			Run run = handle.completion().get(20, TimeUnit.SECONDS);
			return run.rejected().stream().map(Run.RejectedPath::path).toList();
		}

		@Override
		public void close() {
			this.context.close();
			this.cloudFront.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = JettyServletWebServerAutoConfiguration.class)
	static class Config {

		@Bean
		ServletRegistrationBean<RawServlet> rawServlet() {
			return new ServletRegistrationBean<>(new RawServlet(), "/*");
		}

		@Bean
		FilterRegistrationBean<EndOfRequestFilter> endOfRequest() {
			return EndOfRequestFilter.outermost();
		}

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> lenientTomcat() {
			return (factory) -> factory.addConnectorCustomizers((connector) -> {
				connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
				connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
			});
		}

	}

}
