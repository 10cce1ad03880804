package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.DistributionSettings;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of pages at the edge of distributions that do more than forward requests:
 * after a run they are new, or a finding of the run names the reason.
 */
@Tag("full")
class UnusualDistributionTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();

	private final HttpServer bucket = bucket();

	private ServletWebServerApplicationContext node;

	@AfterEach
	void close() {
		this.node.close();
		this.cloudFront.close();
		this.bucket.stop(0);
	}

	@Test
	void aRunReportsAFunctionThatRewritesBehindTheCache() throws Exception {
		start((distribution) -> distribution.behavior("/shop/*",
				(behavior) -> behavior.originRequest("strip-shop", (path) -> path.substring("/shop".length()))));
		assertThat(findings()).singleElement().satisfies(this::isAboutTheFunction);
		String before = view("/shop/cart");
		Run run = invalidateAll();
		assertThat(paths()).containsExactly("/cart");
		assertThat(view("/shop/cart")).as("the viewer's path is not known").isEqualTo(before);
		assertThat(run.findings()).singleElement().satisfies(this::isAboutTheFunction);
		this.cloudFront.distribution((distribution) -> {
		});
		assertThat(ids(invalidateAll())).doesNotContain("origin-request-function");
	}

	private void isAboutTheFunction(Finding finding) {
		assertThat(finding.id()).isEqualTo("origin-request-function");
		assertThat(finding.problem()).contains("'/shop/*'", "strip-shop");
		assertThat(finding.fix()).contains("'cf.tracker.tracking.path-header'");
	}

	@Test
	@Tag("full")
	void whatAFunctionRewritesToAnotherOriginsBehaviorIsTracked() throws Exception {
		start((distribution) -> distribution.s3Origin("bucket", bucketAddress())
			.defaultBehavior((behavior) -> behavior.origin("bucket"))
			.behavior("/shop/*",
					(behavior) -> behavior.originRequest("strip-shop", (path) -> path.substring("/shop".length()))));
		view("/shop/cart");
		Run run = invalidateAll();
		assertThat(run.paths()).isEqualTo(1);
		assertThat(paths()).containsExactly("/cart");
		assertThat(ids(run)).contains("origin-request-function", "path-rewritten");
	}

	@Test
	@Tag("full")
	void whatAFunctionRewritesBeforeTheCacheIsInvalidated() throws Exception {
		start((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.viewerRequest("add-index", (path) -> path + "index.html")));
		String before = view("/docs/");
		Run run = invalidateAll();
		assertThat(paths()).containsExactly("/docs/index.html");
		assertThat(view("/docs/")).isNotEqualTo(before);
		assertThat(ids(run)).containsExactly("viewer-request-function");
	}

	@Test
	@Tag("full")
	void pathsThatFitNoBehaviorAreReported() throws Exception {
		start((distribution) -> distribution.s3Origin("bucket", bucketAddress())
			.defaultBehavior((behavior) -> behavior.origin("bucket"))
			.behavior("/shop/*", (behavior) -> {
			}));
		RawClient.send(port(), "GET", "/cart");
		assertThat(findings()).as("a request that bypasses CloudFront").isEmpty();
		// As a proxy between CloudFront and the application passes it on
		RawClient.send(port(), "GET", "/cart", "X-Amz-Cf-Id: 1", "Via: 2.0 abc.cloudfront.net (CloudFront)");
		Run run = invalidateAll();
		assertThat(run.state()).isEqualTo(Run.State.EMPTY);
		assertThat(ids(run)).containsExactly("path-outside-behaviors");
	}

	@Test
	void aPageIsFoundWhoseQueryStringBecameAPartOfTheCacheKey() throws Exception {
		start(withKey(BehaviorSettings::noQueryStrings));
		this.cloudFront.distribution(withKey(BehaviorSettings::allQueryStrings));
		String before = view("/s?q=2");
		await().until(() -> tracked().equals(List.of("/s")));
		Run run = invalidateAll();
		assertThat(view("/s?q=2")).isNotEqualTo(before);
		assertThat(paths()).containsExactlyInAnyOrder("/s?q=2", "/s");
		assertThat(run.findings()).isEmpty();
	}

	@Test
	@Tag("full")
	void aPageIsFoundWhoseQueryStringIsNoLongerAPartOfTheCacheKey() throws Exception {
		start(withKey(BehaviorSettings::allQueryStrings));
		this.cloudFront.distribution(withKey((behavior) -> behavior.noQueryStrings().forwardsAllQueryStrings()));
		String before = view("/s?q=2");
		await().until(() -> tracked().equals(List.of("/s?q=2")));
		Run run = invalidateAll();
		assertThat(view("/s")).isNotEqualTo(before);
		assertThat(paths()).containsExactlyInAnyOrder("/s?q=2", "/s");
		assertThat(run.findings()).isEmpty();
	}

	@Test
	@Tag("full")
	void anotherLifetimeThanWasReadIsReported() throws Exception {
		start(withKey((behavior) -> behavior.ttl(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1))));
		cloudFront
			.distribution(withKey((behavior) -> behavior.ttl(Duration.ZERO, Duration.ofDays(7), Duration.ofDays(9))));
		view("/s");
		assertThat(ids(invalidateAll())).containsExactly("settings-changed");
		Run everything = invalidate(InvalidationRequest.builder().paths(List.of("/*")).build());
		assertThat(everything.state()).isEqualTo(Run.State.COMPLETED);
		assertThat(ids(invalidateAll())).isEmpty();
	}

	@Test
	@Tag("full")
	void keepsPageOfSecondOriginAfter404() throws Exception {
		start((distribution) -> distribution.s3Origin("bucket", bucketAddress())
			.originGroup("both", "origin", "bucket", 404, 503)
			.defaultBehavior((behavior) -> behavior.origin("both")));
		String page = view("/page");
		this.node.getBean(Pages.class).missing = true;
		// Another edge asks
		RawClient.send(port(), "GET", "/page", "X-Amz-Cf-Id: 1");
		invalidateAll();
		assertThat(paths()).containsExactly("/page");
		assertThat(view("/page")).isNotEqualTo(page).isEqualTo("from the bucket");
	}

	@Test
	@Tag("full")
	void theRootIsInvalidatedUnderBothPaths() throws Exception {
		start((distribution) -> distribution.defaultRootObject("index.html"));
		InvalidationRequest root = InvalidationRequest.builder().paths(List.of("/")).build();
		assertThat(invalidator().plan(root).items()).as("not tracked").isEqualTo(1);
		view("/");
		await().until(() -> tracked().size() == 2);
		assertThat(invalidator().plan(root).plan()).containsExactlyInAnyOrder("/", "/index.html");
		invalidate(root);
		assertThat(paths()).containsExactlyInAnyOrder("/", "/index.html");
		assertThat(invalidateAll().state()).isEqualTo(Run.State.EMPTY);
	}

	@Test
	void aTrackedFolderIsSentBesideItsWildcard() throws Exception {
		start((distribution) -> {
		});
		view("/dir/");
		view("/dir/page");
		String before = view("/dir/");
		invalidate(InvalidationRequest.builder().paths(List.of("/dir/*")).build());
		assertThat(paths()).containsExactlyInAnyOrder("/dir/*", "/dir/");
		assertThat(view("/dir/")).isNotEqualTo(before);
	}

	private static Consumer<DistributionSettings> withKey(Consumer<BehaviorSettings> settings) {
		return (distribution) -> distribution.defaultBehavior(settings);
	}

	private static HttpServer bucket() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				byte[] body = "from the bucket".getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private URI bucketAddress() {
		return URI.create("http://127.0.0.1:" + this.bucket.getAddress().getPort());
	}

	/**
	 * Start the application, and wait until it knows the settings.
	 */
	private void start(Consumer<DistributionSettings> settings) {
		this.cloudFront.distribution(settings);
		Stream<String> properties = Stream.of("server.port=0", "cf.tracker.store=memory",
				"cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"cf.tracker.secret-key=" + this.cloudFront.secretKey());
		this.node = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
			.run(properties.map("--"::concat).toArray(String[]::new));
		this.cloudFront.origin(URI.create("http://127.0.0.1:" + port()));
		await().until(() -> this.node.getBean(DistributionMirror.class).distribution() != null);
	}

	private int port() {
		return this.node.getWebServer().getPort();
	}

	private List<Finding> findings() {
		return this.node.getBean(DistributionDoctor.class).findings();
	}

	private CloudFrontInvalidator invalidator() {
		return this.node.getBean(CloudFrontInvalidator.class);
	}

	private String view(String target) throws IOException {
		String response = RawClient.send(this.cloudFront.edge().getPort(), "GET", target).text();
		return response.substring(response.indexOf("\r\n\r\n") + 4);
	}

	private Run invalidateAll() throws Exception {
		return invalidate(InvalidationRequest.ofEverything());
	}

	private Run invalidate(InvalidationRequest request) throws Exception {
		return invalidator().invalidate(request).completion().get(60, TimeUnit.SECONDS);
	}

	private List<String> paths() {
		return this.cloudFront.invalidations().stream().map(Invalidation::paths).flatMap(List::stream).toList();
	}

	private List<String> tracked() {
		return this.node.getBean(UrlStore.class).scan("/", 100).stream().map(TrackedPath::path).toList();
	}

	private static List<String> ids(Run run) {
		return run.findings().stream().map(Finding::id).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Pages pages() {
			return new Pages();
		}

	}

	@RestController
	static class Pages {

		private volatile boolean missing;

		private int version;

		@GetMapping("/**")
		synchronized ResponseEntity<String> page(HttpServletRequest request) {
			if (this.missing) {
				return ResponseEntity.notFound().build();
			}
			return ResponseEntity.ok()
				.cacheControl(CacheControl.maxAge(Duration.ZERO).sMaxAge(Duration.ofHours(12)))
				.body("version " + ++this.version);
		}

	}

}
