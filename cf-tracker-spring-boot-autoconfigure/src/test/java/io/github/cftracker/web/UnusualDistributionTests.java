package io.github.cftracker.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.Doctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.SettingsChange;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.DistributionSettings;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of pages at the edge of distributions that do more than forward requests:
 * after a run they are new, or a finding of the run names the reason.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "cf.tracker.store=memory")
@DirtiesContext
class UnusualDistributionTests {

	private static final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();

	private static HttpServer bucket;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@Autowired
	private DistributionMirror mirror;

	@Autowired
	private Doctor doctor;

	@Autowired
	private Pages pages;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		bucket.createContext("/", (exchange) -> {
			byte[] body = "from the bucket".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		bucket.start();
		registry.add("cf.tracker.distribution-id", cloudFront::distributionId);
		registry.add("cf.tracker.endpoint", cloudFront::endpoint);
		registry.add("cf.tracker.access-key", cloudFront::accessKey);
		registry.add("cf.tracker.secret-key", cloudFront::secretKey);
	}

	@AfterAll
	static void stop() {
		cloudFront.close();
		bucket.stop(0);
	}

	@BeforeEach
	void reset() throws Exception {
		use((distribution) -> {
		});
		invalidate(InvalidationRequest.builder().paths(List.of("/*")).build());
		cloudFront.clear();
		cloudFront.origin(URI.create("http://127.0.0.1:" + this.port));
		this.pages.missing = false;
		this.doctor.over(FindingType.PATH_OUTSIDE_BEHAVIORS, "");
		this.doctor.over(FindingType.PATH_REWRITTEN, "");
	}

	@Test
	void aRunReportsAFunctionThatRewritesBehindTheCache() throws Exception {
		use((distribution) -> distribution.behavior("/shop/*",
				(behavior) -> behavior.originRequest("strip-shop", (path) -> path.substring("/shop".length()))));
		assertThat(this.doctor.findings()).singleElement().satisfies(this::isAboutTheFunction);
		String before = view("/shop/cart");
		Run run = invalidateAll();
		assertThat(paths()).containsExactly("/cart");
		assertThat(view("/shop/cart")).as("the viewer's path is not known").isEqualTo(before);
		assertThat(run.findings()).singleElement().satisfies(this::isAboutTheFunction);
		use((distribution) -> {
		});
		assertThat(this.doctor.findings()).extracting(Finding::id).doesNotContain("origin-request-function");
	}

	private void isAboutTheFunction(Finding finding) {
		assertThat(finding.id()).isEqualTo("origin-request-function");
		assertThat(finding.problem()).contains("'/shop/*'", "strip-shop");
		assertThat(finding.fix()).contains("'cf.tracker.tracking.path-header'");
	}

	@Test
	void whatAFunctionRewritesToAnotherOriginsBehaviorIsTracked() throws Exception {
		use((distribution) -> distribution.s3Origin("bucket", bucket())
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
	void whatAFunctionRewritesBeforeTheCacheIsInvalidated() throws Exception {
		use((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.viewerRequest("add-index", (path) -> path + "index.html")));
		String before = view("/docs/");
		Run run = invalidateAll();
		assertThat(paths()).containsExactly("/docs/index.html");
		assertThat(view("/docs/")).isNotEqualTo(before);
		assertThat(ids(run)).containsExactly("viewer-request-function");
	}

	@Test
	void pathsThatFitNoBehaviorAreReported() throws Exception {
		use((distribution) -> distribution.s3Origin("bucket", bucket())
			.defaultBehavior((behavior) -> behavior.origin("bucket"))
			.behavior("/shop/*", (behavior) -> {
			}));
		RawClient.send(this.port, "GET", "/cart");
		assertThat(this.doctor.findings()).as("a request that bypasses CloudFront").isEmpty();
		// As a proxy between CloudFront and the application passes it on
		RawClient.send(this.port, "GET", "/cart", "X-Amz-Cf-Id: 1", "Via: 2.0 abc.cloudfront.net (CloudFront)");
		assertThat(ids(invalidateAll())).containsExactly("path-outside-behaviors");
	}

	@Test
	void aPageIsFoundWhoseQueryStringBecameAPartOfTheCacheKey() throws Exception {
		use(withKey(BehaviorSettings::noQueryStrings));
		view("/a?q=1");
		cloudFront.distribution(withKey(BehaviorSettings::allQueryStrings));
		String before = view("/s?q=2");
		Run run = invalidateAll();
		assertThat(view("/s?q=2")).isNotEqualTo(before);
		assertThat(paths()).contains("/s?q=2", "/s");
		assertThat(run.findings()).isEmpty();
	}

	@Test
	void aPageIsFoundWhoseQueryStringIsNoLongerAPartOfTheCacheKey() throws Exception {
		use(withKey(BehaviorSettings::allQueryStrings));
		cloudFront.distribution(withKey((behavior) -> behavior.noQueryStrings().forwardsAllQueryStrings()));
		String before = view("/s?q=2");
		Run run = invalidateAll();
		assertThat(view("/s")).isNotEqualTo(before);
		assertThat(paths()).contains("/s?q=2", "/s");
		assertThat(run.findings()).isEmpty();
	}

	@Test
	void anotherLifetimeThanWasReadIsReported() throws Exception {
		use(withKey((behavior) -> behavior.ttl(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1))));
		cloudFront
			.distribution(withKey((behavior) -> behavior.ttl(Duration.ZERO, Duration.ofDays(7), Duration.ofDays(9))));
		view("/s");
		assertThat(ids(invalidateAll())).containsExactly("settings-changed");
		Run everything = invalidate(InvalidationRequest.builder().paths(List.of("/*")).build());
		assertThat(everything.state()).isEqualTo(Run.State.COMPLETED);
		assertThat(ids(invalidateAll())).isEmpty();
	}

	@Test
	void a404KeepsAPageThatTheSecondOriginHas() throws Exception {
		use((distribution) -> distribution.s3Origin("bucket", bucket())
			.originGroup("both", "origin", "bucket", 404, 503)
			.defaultBehavior((behavior) -> behavior.origin("both")));
		String page = view("/page");
		this.pages.missing = true;
		// Another edge asks
		RawClient.send(this.port, "GET", "/page", "X-Amz-Cf-Id: 1");
		invalidateAll();
		assertThat(paths()).containsExactly("/page");
		assertThat(view("/page")).isNotEqualTo(page).isEqualTo("from the bucket");
	}

	@Test
	void theRootIsInvalidatedUnderBothPaths() throws Exception {
		use((distribution) -> distribution.defaultRootObject("index.html"));
		InvalidationRequest root = InvalidationRequest.builder().paths(List.of("/")).build();
		assertThat(this.invalidator.plan(root).items()).as("not tracked").isEqualTo(1);
		view("/");
		assertThat(this.invalidator.plan(root).plan()).containsExactlyInAnyOrder("/", "/index.html");
		invalidate(root);
		assertThat(paths()).containsExactlyInAnyOrder("/", "/index.html");
		assertThat(invalidateAll().state()).isEqualTo(Run.State.EMPTY);
	}

	@Test
	void aTrackedFolderIsSentBesideItsWildcard() throws Exception {
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

	private static URI bucket() {
		return URI.create("http://127.0.0.1:" + bucket.getAddress().getPort());
	}

	/**
	 * Change the settings, and read them before anything is requested.
	 */
	private void use(Consumer<DistributionSettings> settings) {
		cloudFront.distribution(settings);
		this.mirror.refresh(Duration.ofSeconds(20));
		SettingsChange.over(this.doctor);
	}

	private String view(String target) throws IOException {
		String response = RawClient.send(cloudFront.edge().getPort(), "GET", target).text();
		return response.substring(response.indexOf("\r\n\r\n") + 4);
	}

	private Run invalidateAll() throws Exception {
		return invalidate(InvalidationRequest.ofEverything());
	}

	private Run invalidate(InvalidationRequest request) throws Exception {
		return this.invalidator.invalidate(request).completion().get(60, TimeUnit.SECONDS);
	}

	private static List<String> paths() {
		return cloudFront.invalidations().stream().map(Invalidation::paths).flatMap(List::stream).toList();
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
