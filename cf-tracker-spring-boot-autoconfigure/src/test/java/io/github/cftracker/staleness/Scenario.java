package io.github.cftracker.staleness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.test.CachedObject;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.test.RecordedCall;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * A random application behind a random distribution, random viewers, and one or two runs.
 */
final class Scenario implements AutoCloseable {

	private static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD",
			"OPTIONS");

	private static final String READING = "GetDistributionConfig";

	/**
	 * Readings that began so long ago count as current.
	 */
	private static final Duration CURRENT = Duration.ofMillis(1050);

	private static final Pattern RUN_ID = Pattern.compile("\"id\":\"([^\"]+)\"");

	private final List<String> log = new ArrayList<>();

	private final Map<Integer, Served> served = new HashMap<>();

	private final Set<String> revalidated = new HashSet<>();

	private final Result result = new Result();

	private final Random random;

	private final RandomPages pages;

	private final RandomProperties properties;

	private final HttpServer bucket;

	private final LocalCloudFront cloudFront;

	private final ServletWebServerApplicationContext application;

	private final List<String> targets;

	private RandomDistribution edge;

	private RandomDistribution known;

	private Scenario(long seed) {
		this.random = new Random(seed);
		this.pages = new RandomPages(seed);
		this.edge = RandomDistribution.random(this.random, Choice.in(this.random, 25));
		this.known = this.edge;
		this.properties = RandomProperties.random(this.random, this.edge);
		this.targets = RandomRequests.targets(this.random);
		boolean lenientHeaders = this.random.nextBoolean();
		boolean wildcardsMatchEmpty = this.random.nextBoolean();
		log("distribution: %s", this.edge);
		log("properties: %s, lenient headers %s, wildcards match empty %s", this.properties, lenientHeaders,
				wildcardsMatchEmpty);
		this.bucket = startBucket();
		this.cloudFront = LocalCloudFront.builder()
			.completesAfter(Duration.ZERO)
			.lenientHeaders(lenientHeaders)
			.wildcardsMatchEmpty(wildcardsMatchEmpty)
			.distribution((settings) -> this.edge.applyTo(settings, bucketUri(), bucketUri()))
			.start();
		this.application = startApplication();
		this.cloudFront.origin(URI.create("http://127.0.0.1:" + port()));
	}

	/**
	 * Carry out the scenario of a seed.
	 */
	static Result of(long seed) {
		try (Scenario scenario = new Scenario(seed)) {
			try {
				scenario.carryOut();
			}
			catch (Exception ex) {
				scenario.fail("%s", ex);
			}
			return scenario.result;
		}
	}

	private void carryOut() throws Exception {
		int runs = 1 + this.random.nextInt(2);
		for (int i = 0; i < runs; i++) {
			request(20);
			changeSometimes(40);
			request(15);
			revalidateSometimes();
			removeSometimes();
			this.pages.publish();
			log("published version %d", this.pages.version());
			request(8);
			changeSometimes(15);
			invalidate();
		}
	}

	private HttpServer startBucket() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				int kind = exchange.getRequestURI().getRawPath().hashCode() & 3;
				exchange.sendResponseHeaders((kind == 0) ? 403 : ((kind == 1) ? 404 : 200), -1);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private URI bucketUri() {
		return URI.create("http://127.0.0.1:" + this.bucket.getAddress().getPort());
	}

	/**
	 * Start one application at a time: what Spring Boot sets up for logging is global.
	 */
	private ServletWebServerApplicationContext startApplication() {
		List<String> list = new ArrayList<>(this.properties.list());
		list.addAll(List.of("server.port=0", "server.tomcat.relaxed-path-chars=|",
				"server.tomcat.relaxed-query-chars=|", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=cfinvalidate", "cf.tracker.store=memory",
				"cf.tracker.tracking.flush-interval=10ms", "cf.tracker.invalidation.wildcards-per-second=0",
				"cf.tracker.invalidation.wildcards-in-progress=0",
				"cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"cf.tracker.secret-key=" + this.cloudFront.secretKey()));
		synchronized (Scenario.class) {
			return (ServletWebServerApplicationContext) new SpringApplicationBuilder(RandomApplication.class)
				.initializers((context) -> context.getBeanFactory().registerSingleton("pages", this.pages))
				.run(list.stream().map((property) -> "--" + property).toArray(String[]::new));
		}
	}

	private int port() {
		return this.application.getWebServer().getPort();
	}

	private void request(int times) {
		for (int i = 0; i < times; i++) {
			String target = Choice.of(this.random, this.targets);
			if (Choice.in(this.random, 10)) {
				String direct = this.edge.originPath() + this.edge.askedPath(RandomRequests.path(target))
						+ RandomRequests.query(target);
				log("direct GET %s -> %d", direct, Viewer.send(port(), "GET", direct).status());
			}
			else {
				view(Choice.of(this.random, METHODS), target);
			}
		}
	}

	private void view(String method, String target) {
		Viewer.Response response = Viewer.send(this.cloudFront.edge().getPort(), method, target);
		String number = response.header(RandomPages.RESPONSE);
		if (number != null) {
			int id = Integer.parseInt(number);
			this.served.putIfAbsent(id, new Served(id, target, this.edge, this.known));
		}
		String state = response.header("X-Cache");
		if (state != null && state.startsWith("RefreshHit")) {
			this.revalidated.add(RandomRequests.path(target));
			this.result.revalidated++;
		}
		log("%s %s -> %d %s version %s response %s", method, target, response.status(), state,
				response.header(RandomPages.VERSION), number);
	}

	/**
	 * Change the settings, unless there was a change since they were read: what was in
	 * effect before the first reading, or between two changes, cannot be known.
	 */
	private void changeSometimes(int percent) {
		if (Choice.in(this.random, percent) && this.edge == this.known) {
			DistributionMirror mirror = this.application.getBean(DistributionMirror.class);
			await().pollInterval(Duration.ofMillis(10)).until(() -> mirror.distribution() != null);
			this.edge = this.edge.changed(this.random);
			this.cloudFront.distribution((settings) -> this.edge.applyTo(settings, bucketUri(), bucketUri()));
			log("changed to: %s", this.edge);
			this.result.changes++;
		}
	}

	/**
	 * Request a page that expires after a second until the edge asks for it again.
	 */
	private void revalidateSometimes() {
		this.targets.stream().filter(this::isRevalidatedSoon).findFirst().ifPresent((target) -> {
			view("GET", target);
			await().pollDelay(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(50)).until(() -> {
				view("GET", target);
				return this.revalidated.contains(RandomRequests.path(target));
			});
		});
	}

	private boolean isRevalidatedSoon(String target) {
		String path = RandomRequests.path(target);
		String asked = this.edge.originPath() + this.edge.askedPath(path);
		return this.result.changes == 0 && this.edge.behaviorOf(path).mayRevalidateSoon()
				&& !this.revalidated.contains(path) && !this.pages.isRemoved(asked)
				&& this.pages.pageOf(asked).isRevalidatedSoon();
	}

	/**
	 * Remove a page, and request it directly, as another edge location would.
	 */
	private void removeSometimes() {
		if (Choice.in(this.random, 40)) {
			String target = Choice.of(this.random, this.targets);
			String path = this.edge.originPath() + this.edge.askedPath(RandomRequests.path(target));
			this.pages.remove(path);
			int status = Viewer.send(port(), "GET", path + RandomRequests.query(target)).status();
			log("removed %s -> %d", path, status);
		}
	}

	private void invalidate() throws Exception {
		RequestCounter requests = this.application.getBean(RequestCounter.class);
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(requests::areComplete);
		if (this.edge != this.known) {
			await().pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> lastReading().isBefore(Instant.now().minus(CURRENT)));
		}
		int before = this.cloudFront.invalidations().size();
		int cached = staleObjects().size();
		Run run = run();
		this.known = this.edge;
		log("run %s: %d items, findings %s, rejected %s", run.state(), (run.items() != null) ? run.items() : 0,
				run.findings().stream().map(Finding::id).toList(), run.rejected());
		List<String> sent = this.cloudFront.invalidations()
			.stream()
			.skip(before)
			.flatMap((invalidation) -> invalidation.paths().stream())
			.toList();
		log("sent %s", sent);
		check(run, sent, cached);
	}

	private Instant lastReading() {
		return this.cloudFront.calls()
			.stream()
			.filter((call) -> call.operation().equals(READING))
			.map(RecordedCall::at)
			.reduce(Instant.EPOCH, (first, second) -> second);
	}

	private Run run() throws Exception {
		CloudFrontInvalidator invalidator = this.application.getBean(CloudFrontInvalidator.class);
		if (this.random.nextBoolean()) {
			return invalidator.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		}
		String response = Viewer.send(port(), "POST", "/actuator/cfinvalidate").text();
		Matcher id = RUN_ID.matcher(response);
		if (!id.find()) {
			throw new IllegalStateException("The endpoint has refused: " + response);
		}
		return await().pollInterval(Duration.ofMillis(20))
			.until(() -> invalidator.find(id.group(1)).orElseThrow(), (run) -> run.state().isFinal());
	}

	private List<CachedObject> staleObjects() {
		return this.cloudFront.cachedObjects()
			.stream()
			.filter((object) -> header(object, RandomPages.VERSION) != null
					&& Integer.parseInt(header(object, RandomPages.VERSION)) < this.pages.version())
			.toList();
	}

	private static @Nullable String header(CachedObject object, String name) {
		List<String> values = object.headers().get(name);
		return (values != null) ? values.get(0) : null;
	}

	private void check(Run run, List<String> sent, int cached) {
		Explanations explanations = new Explanations(this.properties, this.pages);
		String shown = Viewer.send(port(), "GET", "/actuator/cfinvalidate").text();
		run.findings()
			.stream()
			.filter((finding) -> !shown.contains("\"" + finding.id() + "\""))
			.forEach((finding) -> fail("the endpoint does not show %s", finding.id()));
		if (this.edge.continuousDeployment() != run.findings()
			.stream()
			.anyMatch((finding) -> finding.id().equals("continuous-deployment"))) {
			fail("continuous deployment is not a finding, or is one although there is none");
		}
		if (sent.stream().distinct().count() < sent.size()) {
			fail("items were sent twice: %s", sent);
		}
		if (run.state() != Run.State.COMPLETED && run.state() != Run.State.EMPTY) {
			fail("the run is %s: %s", run.state(), run.error());
		}
		List<CachedObject> stale = staleObjects();
		for (CachedObject object : stale) {
			Served served = this.served.get(Integer.parseInt(header(object, RandomPages.RESPONSE)));
			String explanation = explanations.of(object, served, this.edge, run);
			if (explanation != null) {
				this.result.explained.merge(explanation, 1, Integer::sum);
			}
			else {
				fail("stale and not named: %s (status %d, response %d to %s, page %s), would be named by %s",
						object.target(), object.status(), served.response(), served.target(),
						this.pages.pageOf(this.pages.answer(served.response()).path()),
						explanations.causes(object, served, this.edge));
			}
		}
		this.result.runs++;
		this.result.cached += cached;
		this.result.invalidated += cached - stale.size();
		this.result.items += sent.size();
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(format.formatted(arguments));
	}

	private void fail(String format, @Nullable Object... arguments) {
		log("FAILED: %s", format.formatted(arguments));
		this.result.failure = String.join("\n  ", this.log);
	}

	@Override
	public void close() {
		this.application.close();
		this.cloudFront.close();
		this.bucket.stop(0);
	}

}
