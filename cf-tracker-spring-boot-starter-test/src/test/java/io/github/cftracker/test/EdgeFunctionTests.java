package io.github.cftracker.test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.EventType;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeFunctionTests extends EdgeTestSupport {

	@Test
	void viewerRequestRewritesCacheKeyAndOriginTarget() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.originPath("origin", "/base")
			.behavior("/shop/*",
					(behavior) -> behavior.queryStrings("page").viewerRequest("strip", EdgeFunctionTests::withoutShop))
			.behavior("/cart", (behavior) -> behavior.noQueryStrings()));
		get("/shop/cart?x=1&page=2");
		assertThat(targets()).containsExactly("/cart?page=2");
		assertThat(this.origin.targets()).containsExactly("/base/cart?page=2");
		assertThat(cacheState(get("/shop/cart?page=2"))).isEqualTo(HIT);
		invalidate("viewer", "/shop/cart?page=2");
		assertThat(targets()).containsExactly("/cart?page=2");
		invalidate("rewritten", "/cart?page=2");
		assertThat(targets()).isEmpty();
	}

	@Test
	void viewersPathsThatAreRewrittenAlikeShareAnObject() throws Exception {
		behavior((behavior) -> behavior.viewerRequest("strip", EdgeFunctionTests::withoutShop));
		get("/shop/cart");
		HttpResponse<String> other = get("/cart");
		assertThat(cacheState(other)).isEqualTo(HIT);
		assertThat(other.body()).isEqualTo("page 1");
	}

	@Test
	void originRequestRewritesOriginTargetOnly() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.originPath("origin", "/base")
			.behavior("/shop/*", (behavior) -> behavior.originRequest("strip", EdgeFunctionTests::withoutShop)));
		get("/shop/cart?x=1");
		assertThat(targets()).containsExactly("/shop/cart?x=1");
		assertThat(this.origin.targets()).containsExactly("/base/cart?x=1");
		assertThat(cacheState(get("/shop/cart?x=1"))).isEqualTo(HIT);
		assertThat(cacheState(get("/cart?x=1"))).isEqualTo(MISS);
		invalidate("rewritten", "/cart?x=1");
		assertThat(targets()).containsExactly("/shop/cart?x=1");
	}

	@Test
	void originRequestSendsPathOfCacheKeyInHeader() throws Exception {
		behavior((behavior) -> behavior.originRequest("strip", EdgeFunctionTests::withoutShop, "X-Viewer-Path"));
		get("/shop/a%20b?x=1", "x-viewer-path", "/forged");
		send("POST", "/shop/cart", "body");
		assertThat(this.origin.targets()).containsExactly("/a%20b?x=1", "/cart");
		assertThat(this.origin.asked()).extracting((asked) -> asked.headers().get("X-Viewer-Path"))
			.containsExactly(List.of("/shop/a%20b"), List.of("/shop/cart"));
	}

	@Test
	void bothFunctionsRewriteOneAfterTheOther() throws Exception {
		behavior((behavior) -> behavior.viewerRequest("upper", (path) -> path + "/viewer")
			.originRequest("lower", (path) -> path + "/origin", "X-Viewer-Path"));
		get("/a");
		assertThat(targets()).containsExactly("/a/viewer");
		assertThat(this.origin.targets()).containsExactly("/a/viewer/origin");
		assertThat(this.origin.asked().get(0).headers().get("X-Viewer-Path")).containsExactly("/a/viewer");
	}

	@Test
	void defaultRootObjectComesAfterFunctions() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.defaultRootObject("index.html")
			.defaultBehavior((behavior) -> behavior.originRequest("strip", EdgeFunctionTests::withoutShop)));
		get("/shop/");
		get("/");
		assertThat(targets()).containsExactly("/shop/", "/");
		assertThat(this.origin.targets()).containsExactly("/index.html", "/index.html");
	}

	@Test
	void leavesAsteriskOfOptionsAlone() throws Exception {
		behavior((behavior) -> behavior.cachesOptions()
			.viewerRequest("viewer", (path) -> "/a" + path)
			.originRequest("origin", (path) -> "/b" + path, "X-Viewer-Path"));
		try (RawOrigin raw = new RawOrigin(RawOrigin.OK); RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			this.cloudFront.origin(raw.uri());
			viewer.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").response();
			assertThat(raw.requestLines()).containsExactly("OPTIONS * HTTP/1.1");
		}
	}

	@Test
	void functionThatThrowsIs503() throws Exception {
		for (Consumer<BehaviorSettings> functions : both(EdgeFunctionTests::failing)) {
			behavior(functions);
			HttpResponse<String> response = get("/a");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(cacheState(response)).isEqualTo(ERROR);
			assertThat(response.body()).contains("'rewrite'", "no handler for /a");
		}
		assertThat(targets()).isEmpty();
		assertThat(this.origin.targets()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "/a?x", "/a b", "/a\r\nX: y", "/\u20ac" })
	void functionThatReturnsNoPathIs502(String returned) throws Exception {
		for (Consumer<BehaviorSettings> functions : both((path) -> returned)) {
			behavior(functions);
			HttpResponse<String> response = get("/a");
			assertThat(response.statusCode()).isEqualTo(502);
			assertThat(response.body()).contains("'rewrite'");
		}
		assertThat(this.origin.targets()).isEmpty();
	}

	@Test
	void showsFunctions() {
		this.cloudFront.distribution((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.viewerRequest("viewer_1", EdgeFunctionTests::withoutShop))
			.behavior("/a",
					(behavior) -> behavior.originRequest("origin-1", EdgeFunctionTests::withoutShop, "X-Viewer-Path"))
			.behavior("/b", (behavior) -> behavior.noQueryStrings()));
		DistributionConfig config = config().distributionConfig();
		assertThat(config.defaultCacheBehavior().functionAssociations().items()).singleElement()
			.satisfies((function) -> {
				assertThat(function.eventType()).isEqualTo(EventType.VIEWER_REQUEST);
				assertThat(function.functionARN()).isEqualTo("arn:aws:cloudfront::123456789012:function/viewer_1");
			});
		assertThat(config.defaultCacheBehavior().lambdaFunctionAssociations().items()).isEmpty();
		CacheBehavior lambda = config.cacheBehaviors().items().get(0);
		assertThat(lambda.functionAssociations().quantity()).isZero();
		assertThat(lambda.lambdaFunctionAssociations().items()).singleElement().satisfies((function) -> {
			assertThat(function.eventType()).isEqualTo(EventType.ORIGIN_REQUEST);
			assertThat(function.lambdaFunctionARN())
				.isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:origin-1:1");
			assertThat(function.includeBody()).isFalse();
		});
		CacheBehavior none = config.cacheBehaviors().items().get(1);
		assertThat(none.functionAssociations().quantity()).isZero();
		assertThat(none.lambdaFunctionAssociations().quantity()).isZero();
	}

	private static List<Consumer<BehaviorSettings>> both(UnaryOperator<String> function) {
		return List.of((behavior) -> behavior.viewerRequest("rewrite", function),
				(behavior) -> behavior.originRequest("rewrite", function));
	}

	private static String failing(String path) {
		throw new IllegalStateException("no handler for " + path);
	}

	private static String withoutShop(String path) {
		return path.startsWith("/shop/") ? path.substring("/shop".length()) : path;
	}

}
