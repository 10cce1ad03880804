package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.cftracker.distribution.Distribution.Trait;
import io.github.cftracker.distribution.QueryStrings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.cftracker.testing.Distributions.API;
import static io.github.cftracker.testing.Distributions.APP;
import static io.github.cftracker.testing.Distributions.BUCKET;
import static io.github.cftracker.testing.Distributions.CACHED;
import static io.github.cftracker.testing.Distributions.DISABLED;
import static io.github.cftracker.testing.Distributions.behavior;
import static io.github.cftracker.testing.Distributions.of;
import static io.github.cftracker.testing.Distributions.policy;
import static org.assertj.core.api.Assertions.assertThat;

class DiagnosisTests {

	private static final ExpectedSettings NONE = new ExpectedSettings("E123", null, null, null, null, null, null);

	private static final Origin SHOP = new Origin("app", "app.example.org", "/shop", false, Set.of());

	@Test
	void findsNoProblemInOrdinaryDistribution() {
		Distribution ordinary = of(behavior("/static/*", DISABLED, BUCKET), behavior("/api/*", DISABLED, API),
				behavior("*", CACHED, SHOP, BUCKET));
		assertThat(Diagnosis.of(ordinary, NONE)).isEmpty();
		assertThat(Diagnosis.of(ordinary,
				new ExpectedSettings("E123", "app", "/shop", QueryStrings.ALL, null, null, null)))
			.isEmpty();
	}

	@Test
	void findsADistributionForTenants() {
		Distribution tenants = new Distribution(Set.of(Trait.TENANT_ONLY), "", null, of("*=app").behaviors(), Map.of(),
				UnreadSettings.NONE);
		assertThat(Diagnosis.of(tenants, NONE)).singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("'E123' only serves distribution tenants"));
	}

	@Test
	void findsACachePolicyThatDoesNotExist() {
		CacheBehavior behavior = new CacheBehavior(new BehaviorPattern("/a/*"), List.of(APP), Set.of("GET"), null,
				List.of(), Set.of(), "658327ea");
		assertThat(Diagnosis.of(of(behavior, behavior("*", CACHED, APP)), NONE)).singleElement()
			.satisfies((finding) -> assertThat(finding.text())
				.startsWith("Cache policy '658327ea' of cache behavior '/a/*' does not exist"));
	}

	@Test
	void findsADistributionThatIsDisabled() {
		Distribution disabled = new Distribution(Set.of(Trait.DISABLED), "", null, of("*=app").behaviors(), Map.of(),
				UnreadSettings.NONE);
		assertThat(Diagnosis.of(disabled, NONE)).singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("'E123' is disabled"));
	}

	@Test
	void findsDistributionOfBucketsOnly() {
		assertThat(Diagnosis.of(of("*=bucket"),
				new ExpectedSettings("E123", "app", "/shop", QueryStrings.NONE, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("'E123' are S3 buckets"));
	}

	@Test
	void findsAnOriginIdThatDoesNotExist() {
		assertThat(Diagnosis.of(of("/s/*=bucket /api/*=api *=app"),
				new ExpectedSettings("E123", "front end", null, null, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("'front end'", "'api', 'app'")
				.doesNotContain("bucket"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			# property | the distribution's | what is found
			-          | /shop              | -
			/shop      | /shop              | -
			''         | ''                 | -
			/store     | /shop              | is '/store', but CloudFront adds '/shop'
			''         | /shop              | is '', but CloudFront adds '/shop'
			/shop      | ''                 | is '/shop', but CloudFront adds ''
			/Shop      | /shop              | is '/Shop', but CloudFront adds '/shop'
			""")
	void findsAnotherOriginPath(String property, String path, String found) {
		Origin origin = new Origin("app", "app.example.org", path, false, Set.of());
		assertThat(Diagnosis.of(of(behavior("*", CACHED, origin)),
				new ExpectedSettings("E123", null, property, null, null, null, null)))
			.extracting(Problem::text)
			.isEqualTo((found != null) ? List.of("'cf.tracker.tracking.origin-path' " + found + ".") : List.of());
	}

	@Test
	void comparesOriginPathWithEveryOriginIfNoneIsNamed() {
		Distribution distribution = of(behavior("/api/*", CACHED, API), behavior("*", CACHED, SHOP));
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", null, "/shop", null, null, null, null)))
			.isEmpty();
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", null, "", null, null, null, null)))
			.isEmpty();
	}

	@Test
	void comparesOriginPathWithNamedOrigin() {
		Distribution distribution = of(behavior("/api/*", CACHED, API), behavior("*", CACHED, SHOP));
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", "app", "", null, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("is '', but CloudFront adds '/shop'"));
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", "app", "/x", null, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("is '/x', but CloudFront adds '/shop'"));
	}

	@Test
	void findsApplicationWithoutCaching() {
		Distribution distribution = of(behavior("/static/*", CACHED, BUCKET), behavior("/api/*", CACHED, API),
				behavior("/admin/*", DISABLED, APP), behavior("*", DISABLED, APP, BUCKET));
		assertThat(Diagnosis.of(distribution, NONE)).as("the API may be ours").isEmpty();
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", "app", null, null, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("caches anything", "nothing is tracked"));
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", "api", null, null, null, null, null)))
			.isEmpty();
		assertThat(Diagnosis.of(of(behavior("/static/*", CACHED, BUCKET), behavior("*", DISABLED, APP)), NONE))
			.as("the bucket is not")
			.hasSize(1);
	}

	@Test
	void findsBehaviorsWithOtherQueryStrings() {
		CachePolicy none = policy(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1), QueryStrings.NONE);
		CachePolicy page = policy(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1),
				new QueryStrings(Mode.INCLUDE, Set.of("page", "sort")));
		Distribution distribution = of(behavior("/none/*", none, APP), behavior("/page/*", page, APP),
				behavior("/off/*", DISABLED, APP), behavior("/api/*", none, API), behavior("/static/*", none, BUCKET),
				behavior("*", CACHED, APP));
		assertThat(Diagnosis.of(distribution,
				new ExpectedSettings("E123", "app", null, QueryStrings.ALL, null, null, null)))
			.satisfiesExactly((finding) -> assertThat(finding.text()).contains("puts all of", "'/none/*' uses none"),
					(finding) -> assertThat(finding.text()).contains("puts all of", "'/page/*' uses only page, sort"));
		assertThat(Diagnosis.of(of(behavior("*", page, APP)), new ExpectedSettings("E123", null, null,
				new QueryStrings(Mode.INCLUDE, Set.of("sort", "page")), null, null, null)))
			.isEmpty();
	}

	@Test
	void findsUnreadablePoliciesOnce() {
		assertThat(Diagnosis.of(
				of(behavior("/a/*", null, APP), behavior("/b/*", null, BUCKET), behavior("*", CACHED, APP)),
				new ExpectedSettings("E123", null, null, QueryStrings.ALL, null, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).contains("policy of distribution 'E123'"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			# property | the distribution's | what is found
			-          | -                  | -
			-          | Cache-Tag          | -
			Cache-Tag  | Cache-Tag          | -
			cache-tag  | Cache-Tag          | -
			Cache-Tag  | -                  | reads cache tags from no header
			Cache-Tag  | X-Tags             | reads cache tags from 'X-Tags'
			""")
	void findsOtherTagHeader(String property, String header, String found) {
		assertThat(Diagnosis.of(tagged(header), new ExpectedSettings("E123", null, null, null, null, property, null)))
			.extracting(Problem::text)
			.satisfies((problems) -> {
				if (found == null) {
					assertThat(problems).isEmpty();
				}
				else {
					assertThat(problems).singleElement()
						.satisfies((problem) -> assertThat(problem).contains("'cf.tracker.tags.header' is 'Cache-Tag'",
								found, "individually instead"));
				}
			});
	}

	@Test
	void findsFunctionsThatDoNotPassViewersPath() {
		CacheBehavior rewriting = new CacheBehavior(new BehaviorPattern("/shop/*"), List.of(APP), Set.of("GET"), CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.ORIGIN_REQUEST, "strip"),
						new EdgeFunction(EdgeFunction.Event.VIEWER_REQUEST, "index")),
				Set.of(), null);
		CacheBehavior others = new CacheBehavior(new BehaviorPattern("/img/*"), List.of(BUCKET), Set.of("GET"), CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.ORIGIN_REQUEST, "resize")), Set.of(), null);
		Distribution distribution = of(rewriting, others, behavior("*", CACHED, APP));
		assertThat(Diagnosis.of(distribution, NONE)).satisfiesExactly(
				(finding) -> assertThat(finding.toString()).contains("Origin-request function 'strip'", "'/shop/*'",
						"'cf.tracker.tracking.path-header'"),
				(finding) -> assertThat(finding.toString()).contains("Viewer-request function 'index'", "'/shop/*'",
						"'cf.tracker.findings.ignore'"));
		assertThat(
				Diagnosis.of(distribution, new ExpectedSettings("E123", null, null, null, null, null, "X-Viewer-Path")))
			.isEmpty();
	}

	@Test
	void findsFunctionOfManyBehaviorsOnce() {
		EdgeFunction login = new EdgeFunction(EdgeFunction.Event.VIEWER_REQUEST, "login");
		EdgeFunction strip = new EdgeFunction(EdgeFunction.Event.ORIGIN_REQUEST, "strip");
		List<CacheBehavior> behaviors = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			behaviors.add(new CacheBehavior(new BehaviorPattern("/p" + i + "/*"), List.of(APP), Set.of("GET"), CACHED,
					(i < 3) ? List.of(login, strip) : List.of(login), Set.of(), null));
		}
		behaviors.add(behavior("*", CACHED, APP));
		assertThat(Diagnosis.of(of(behaviors.toArray(CacheBehavior[]::new)), NONE)).satisfiesExactly((finding) -> {
			assertThat(finding.text()).contains("Viewer-request function 'login' of cache behaviors "
					+ "'/p0/*', '/p1/*', '/p2/*' and 47 more may rewrite");
			assertThat(finding.fix()).contains("The origin request policy must forward this header.");
		}, (finding) -> {
			assertThat(finding.text())
				.contains("Origin-request function 'strip' of cache behaviors '/p0/*', '/p1/*', '/p2/*' may rewrite");
			assertThat(finding.fix()).doesNotContain("origin request policy");
		});
	}

	@Test
	void suggestsToDetachContinuousDeploymentPolicy() {
		Distribution distribution = new Distribution(Set.of(Trait.CONTINUOUS_DEPLOYMENT), "", null,
				of("*=app").behaviors(), Map.of(), UnreadSettings.NONE);
		assertThat(Diagnosis.of(distribution, NONE)).singleElement()
			.extracting(Problem::fix)
			.asString()
			.contains("detach the continuous deployment policy from the distribution",
					"invalidate the staging distribution separately");
	}

	@Test
	void ignoresTagHeaderThatSdkCannotRead() {
		Distribution distribution = new Distribution(Set.of(), "", null, of("*=app").behaviors(), Map.of(),
				new UnreadSettings("AWS SDK 2.30.0 is older than 2.59.1", Set.of(UnreadSettings.Setting.CACHE_TAGS)));
		assertThat(Diagnosis.of(distribution, new ExpectedSettings("E123", null, null, null, null, "Cache-Tag", null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.text()).isEqualTo("AWS SDK 2.30.0 is older than 2.59.1 and "
					+ "cannot read all settings of distribution 'E123': the header with cache tags."));
		assertThat(distribution.readsTagsFrom("Cache-Tag")).isTrue();
	}

	private static Distribution tagged(String header) {
		return new Distribution(Set.of(), "", header, of("*=app").behaviors(), Map.of(), UnreadSettings.NONE);
	}

	@ParameterizedTest
	@MethodSource
	void everyFixNamesAPropertyOrAnAction(Problem finding) {
		assertThat(finding.fix()).containsPattern("'(cf\\.tracker\\.[a-z.-]+(=\\w+)?|cloudfront:\\w+)'").endsWith(".");
		assertThat(finding.text()).endsWith(".");
		assertThat(finding).hasToString(finding.text() + " " + finding.fix());
	}

	static Stream<Problem> everyFixNamesAPropertyOrAnAction() {
		Distribution unserving = new Distribution(Set.of(Trait.DISABLED, Trait.TENANT_ONLY), "", null,
				of("*=app").behaviors(), Map.of(), UnreadSettings.NONE);
		return Stream
			.of(Diagnosis.of(unserving,
					new ExpectedSettings("E123", "none", "/none", QueryStrings.ALL, null, null, null)),
					Diagnosis.of(of("*=app"),
							new ExpectedSettings("E123", null, null, QueryStrings.NONE, null, null, null)),
					Diagnosis.of(of("*=bucket"), NONE), Diagnosis.of(of(behavior("*", DISABLED, APP)), NONE),
					Diagnosis.of(of(behavior("*", null, APP)), NONE),
					Diagnosis.of(tagged(null), new ExpectedSettings("E123", null, null, null, null, "Cache-Tag", null)),
					Diagnosis.of(tagged("X-Tags"),
							new ExpectedSettings("E123", null, null, null, null, "Cache-Tag", null)))
			.flatMap(List::stream);
	}

}
