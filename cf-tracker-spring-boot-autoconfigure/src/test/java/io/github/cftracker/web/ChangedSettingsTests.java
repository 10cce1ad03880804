package io.github.cftracker.web;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Settings that are not known yet, or have changed since they were read.
 */
@Tag("full")
class ChangedSettingsTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofSeconds(3)).start();

	private final List<ServletWebServerApplicationContext> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(ServletWebServerApplicationContext::close);
		this.cloudFront.close();
	}

	@Test
	void earlyPagesArePaidOnceWhenTheSettingsAreKnownLate() throws Exception {
		this.cloudFront.completesAfter(Duration.ZERO);
		// As long as the first reading fails, nothing is decided
		this.cloudFront.fail("GetDistributionConfig", LocalCloudFront.ALWAYS, Fault.SERVICE_UNAVAILABLE);
		ServletWebServerApplicationContext node = start("cf.tracker.store=memory");
		List<String> pages = IntStream.range(0, 20).mapToObj((i) -> "/p" + i + "?q=" + i).toList();
		for (String page : pages) {
			view(page);
		}
		assertThat(node.getBean(UrlStore.class).count()).isZero();
		this.cloudFront.clearFaults();
		await().until(() -> node.getBean(DistributionMirror.class).distribution() != null);
		Run run = node.getBean(CloudFrontInvalidator.class).invalidateAll().completion().get(60, TimeUnit.SECONDS);
		assertThat(run.items()).isEqualTo(20);
		assertThat(paths()).containsExactlyInAnyOrderElementsOf(pages);
		assertThat(run.findings()).isEmpty();
	}

	@Test
	void aRunDoesNotWaitForSettingsThatDoNotCome() throws Exception {
		this.cloudFront.completesAfter(Duration.ZERO);
		this.cloudFront.fail("GetDistributionConfig", LocalCloudFront.ALWAYS, Fault.SERVICE_UNAVAILABLE);
		ServletWebServerApplicationContext node = start("cf.tracker.store=memory");
		view("/p?q=1");
		Run run = node.getBean(CloudFrontInvalidator.class).invalidateAll().completion().get(60, TimeUnit.SECONDS);
		assertThat(paths()).as("either may be the cache key").containsExactlyInAnyOrder("/p?q=1", "/p");
		assertThat(run.findings()).extracting(Finding::id).contains("settings-unreadable");
		assertThat(this.cloudFront.cachedObjects()).isEmpty();
	}

	@Test
	void anApplicationThatStopsWritesWhatWaits() throws Exception {
		this.cloudFront.fail("GetDistributionConfig", LocalCloudFront.ALWAYS, Fault.SERVICE_UNAVAILABLE);
		String prefix = "stopping-" + UUID.randomUUID();
		ServletWebServerApplicationContext node = startWithRedis(prefix);
		view("/p?q=1");
		node.close();
		ServletWebServerApplicationContext next = startWithRedis(prefix);
		assertThat(next.getBean(UrlStore.class).scan("/", 10)).hasSize(2);
	}

	@Test
	@Tag("full")
	void whatAnotherNodeTrackedUnderFormerSettingsFollowsInTheSameRun() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.defaultBehavior(BehaviorSettings::noQueryStrings));
		String prefix = "changed-" + UUID.randomUUID();
		ServletWebServerApplicationContext runs = startWithRedis(prefix);
		ServletWebServerApplicationContext tracks = startWithRedis(prefix);
		Stream.of(runs, tracks)
			.forEach((node) -> await().until(() -> node.getBean(DistributionMirror.class).distribution() != null));
		this.cloudFront.distribution((distribution) -> distribution.defaultBehavior(BehaviorSettings::allQueryStrings));
		String before = view("/s?q=2");
		await().until(() -> tracks.getBean(UrlStore.class).count() == 1);
		Run run = runs.getBean(CloudFrontInvalidator.class).invalidateAll().completion().get(60, TimeUnit.SECONDS);
		await().until(() -> paths().contains("/s?q=2"));
		await().until(() -> !view("/s?q=2").equals(before));
		Run later = runs.getBean(CloudFrontInvalidator.class).find(run.id()).orElseThrow();
		assertThat(later.batches().stream().mapToInt(Run.Batch::items).sum()).as("of the same run")
			.isEqualTo(paths().size());
		assertThat(tracks.getBean(DistributionDoctor.class).findings()).isEmpty();
	}

	@Test
	@Tag("full")
	void aNodeThatNeverSawTheFormerSettingsReportsTheChange() throws Exception {
		this.cloudFront.completesAfter(Duration.ZERO);
		this.cloudFront.distribution((distribution) -> distribution.defaultBehavior(BehaviorSettings::noQueryStrings));
		String prefix = "restarted-" + UUID.randomUUID();
		ServletWebServerApplicationContext before = startWithRedis(prefix);
		await().until(() -> before.getBean(DistributionMirror.class).distribution() != null);
		this.cloudFront.distribution((distribution) -> distribution.defaultBehavior(BehaviorSettings::allQueryStrings));
		view("/s?q=2");
		await().until(() -> before.getBean(UrlStore.class).count() == 1);
		before.close();
		ServletWebServerApplicationContext after = startWithRedis(prefix);
		Run run = after.getBean(CloudFrontInvalidator.class).invalidateAll().completion().get(60, TimeUnit.SECONDS);
		assertThat(run.findings()).extracting(Finding::id).containsExactly("settings-changed");
	}

	private ServletWebServerApplicationContext startWithRedis(String prefix) throws IOException {
		return start("cf.tracker.redis-url=" + TestRedis.shared().url(), "cf.tracker.key-prefix=" + prefix);
	}

	/**
	 * Start a node, which is the origin from then on.
	 */
	private ServletWebServerApplicationContext start(String... properties) {
		Stream<String> all = Stream.concat(Stream.of(properties),
				Stream.of("server.port=0", "cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
						"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
						"cf.tracker.access-key=" + this.cloudFront.accessKey(),
						"cf.tracker.secret-key=" + this.cloudFront.secretKey()));
		ServletWebServerApplicationContext node = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				Application.class)
			.run(all.map("--"::concat).toArray(String[]::new));
		this.nodes.add(node);
		this.cloudFront.origin(URI.create("http://127.0.0.1:" + node.getWebServer().getPort()));
		return node;
	}

	private String view(String target) throws IOException {
		String response = RawClient.send(this.cloudFront.edge().getPort(), "GET", target).text();
		return response.substring(response.indexOf("\r\n\r\n") + 4);
	}

	private List<String> paths() {
		return this.cloudFront.invalidations().stream().map(Invalidation::paths).flatMap(List::stream).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping("/**")
			String page(HttpServletRequest request) {
				return UUID.randomUUID().toString();
			}

		}

	}

}
