package io.github.cftracker.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DistributionSettingsTests {

	private static final String CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

	private static final URI APP = URI.create("http://127.0.0.1:1");

	@Test
	void refusesBehaviorOfUnknownOrigin() {
		assertRefused((distribution) -> distribution.behavior("/a", (behavior) -> behavior.origin("app")), "'app'");
		assertRefused((distribution) -> distribution.defaultBehavior((behavior) -> behavior.origin("app")), "'app'");
	}

	@Test
	void refusesOriginWithoutAddress() {
		assertRefused((distribution) -> distribution.originPath("app", "/shop"), "'app'");
	}

	@Test
	void refusesSecondAddressOfDefaultOrigin() {
		assertRefused((distribution) -> distribution.origin("origin", APP), "'origin'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "/", "/shop/" })
	void refusesOriginPathWithWrongSlashes(String path) {
		assertRefused((distribution) -> distribution.originPath("origin", path), "'%s'".formatted(path));
	}

	@Test
	void refusesEmptyPattern() {
		assertRefused((distribution) -> distribution.behavior("", (behavior) -> {
		}), "''");
	}

	@Test
	void refusesTtlsThatContradictEachOther() {
		Duration minute = Duration.ofMinutes(1);
		assertRefused((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.ttl(minute, Duration.ZERO, minute)), "'PT1M', 'PT0S'");
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.ttl(Duration.ZERO, minute, Duration.ZERO)),
				"'PT1M' and 'PT0S'");
		assertRefused((distribution) -> distribution.errorCachingMinTtl(404, minute.negated()), "'PT-1M'");
		assertRefused((distribution) -> distribution.errorCachingMinTtl(200, minute), "'200'");
	}

	@Test
	void refusesWhatLegacySettingsCannotSay() {
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.legacySettings().queryStringsExcept("utm_source")),
				"utm_source");
		assertRefused(
				(distribution) -> distribution.defaultBehavior(
						(behavior) -> behavior.legacySettings().noQueryStrings().forwardsAllQueryStrings()),
				"Legacy settings");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "arn:a", "\u00e9",
			"a1234567890123456789012345678901234567890123456789012345678901234" })
	void refusesFunctionNameOutsideOfPattern(String name) {
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.viewerRequest(name, UnaryOperator.identity())),
				"function name '%s'".formatted(name));
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.originRequest(name, UnaryOperator.identity())),
				"function name '%s'".formatted(name));
	}

	@Test
	void refusesPathHeaderThatCannotBeAHeader() {
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.originRequest("a", UnaryOperator.identity(), "X Path")),
				"path header 'X Path'");
	}

	@Test
	void refusesOriginGroupThatContradictsItself() {
		assertRefused((distribution) -> distribution.originGroup("group", "a", "a", 500), "group 'group'", "'a'");
		assertRefused((distribution) -> distribution.originGroup("group", "a", "b"), "group 'group'", "500");
		assertRefused((distribution) -> distribution.originGroup("group", "a", "b", 500, 200), "'200'");
		assertRefused((distribution) -> distribution.originGroup("group", "a", "b", 600), "'600'");
	}

	@Test
	void refusesOriginGroupOfUnknownOrigins() {
		assertRefused((distribution) -> distribution.originGroup("group", "origin", "b", 500), "'group'", "'b'");
		assertRefused((distribution) -> distribution.origin("b", APP).originGroup("group", "a", "b", 500), "'group'",
				"'a'");
		assertRefused((distribution) -> distribution.origin("a", APP)
			.origin("b", APP)
			.originGroup("inner", "a", "b", 500)
			.originGroup("group", "inner", "b", 500), "'group'", "'inner'");
	}

	@Test
	void refusesOriginGroupWithIdOfAnOrigin() {
		assertRefused((distribution) -> distribution.origin("b", APP).originGroup("b", "origin", "b", 500),
				"group 'b'");
		assertRefused((distribution) -> distribution.origin("b", APP).originGroup("origin", "origin", "b", 500),
				"group 'origin'");
	}

	@Test
	void refusesUnknownManagedCachePolicy() {
		assertRefused((distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicy("mine")),
				"'mine'", "cachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6");
	}

	@Test
	void refusesSettingsBesideManagedCachePolicy() {
		for (Consumer<BehaviorSettings> own : List.<Consumer<BehaviorSettings>>of(BehaviorSettings::noQueryStrings,
				(behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO),
				BehaviorSettings::legacySettings, (behavior) -> behavior.cachePolicyId("mine"))) {
			assertRefused((distribution) -> distribution.defaultBehavior((behavior) -> {
				own.accept(behavior);
				behavior.cachePolicy(CACHING_OPTIMIZED);
			}), "CachingOptimized");
		}
	}

	@Test
	void refusesCachePolicyIdThatCannotBeOne() {
		assertRefused((distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicyId("")),
				"cache policy id ''", "legacySettings()");
		assertRefused(
				(distribution) -> distribution
					.defaultBehavior((behavior) -> behavior.legacySettings().cachePolicyId("mine")),
				"cache policy id 'mine'", "legacySettings()");
		assertRefused(
				(distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicyId(CACHING_OPTIMIZED)),
				"'%s'".formatted(CACHING_OPTIMIZED), "cachePolicy(");
		assertRefused((distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicyId("a/b")),
				"cache policy id 'a/b'");
		assertRefused(
				(distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicyId("mine"))
					.behavior("/a", (behavior) -> behavior.cachePolicyId("mine").noQueryStrings()),
				"cache policy id 'mine'");
	}

	@Test
	void refusesLimitBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> LocalCloudFront.builder().maxCachedObjects(0))
			.withMessageContaining("'0'");
	}

	@Test
	void keepsSettingsWhenNewOnesAreRefused() {
		LocalCloudFront.Builder builder = LocalCloudFront.builder()
			.distribution((distribution) -> distribution.originPath("app", "/shop").origin("app", APP));
		try (LocalCloudFront cloudFront = builder.start()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> cloudFront.distribution((distribution) -> distribution.originPath("other", "/a")));
			assertThat(cloudFront.cachedObjects()).isEmpty();
		}
	}

	private static void assertRefused(Consumer<DistributionSettings> settings, String... values) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LocalCloudFront.builder().distribution(settings).start().close())
			.satisfies((ex) -> assertThat(ex).hasMessageContainingAll(values));
	}

}
