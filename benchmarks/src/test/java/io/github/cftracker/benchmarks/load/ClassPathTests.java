package io.github.cftracker.benchmarks.load;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathTests {

	@ParameterizedTest
	@EnumSource
	void eachApplicationHasWhatItWouldHaveElsewhere(Variant variant) {
		assertThat(variant.classPath()).contains("tomcat-embed-core", "spring-webmvc")
			.doesNotContain("jedis", "commons-pool2", "jmh", "HdrHistogram", "cf-tracker-spring-boot-starter-test");
		assertThat(variant.classPath().contains("lettuce")).isEqualTo(variant != Variant.BARE);
		assertThat(variant.classPath().contains("cf-tracker-spring-boot-autoconfigure"))
			.isEqualTo(variant == Variant.STARTER);
		assertThat(variant.classPath().contains("awssdk")).isEqualTo(variant == Variant.STARTER);
		assertThat(variant.classPath().contains("httpclient5")).isEqualTo(variant == Variant.STARTER);
	}

}
