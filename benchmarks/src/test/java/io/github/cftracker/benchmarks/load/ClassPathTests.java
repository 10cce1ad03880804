package io.github.cftracker.benchmarks.load;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathTests {

	@ParameterizedTest
	@EnumSource
	void eachApplicationHasWhatItWouldHaveElsewhere(Variant variant) {
		boolean hasLibraries = variant != Variant.BARE && variant != Variant.NAIVE;
		assertThat(variant.classPath()).contains("tomcat-embed-core", "spring-webmvc", "spring-boot-actuator")
			.doesNotContain("jedis", "commons-pool2", "jmh", "cf-tracker-spring-boot-starter-test",
					"cf-tracker-testing");
		assertThat(variant.classPath().contains("lettuce")).isEqualTo(variant != Variant.BARE);
		assertThat(variant.classPath().contains("spring-boot-data-redis")).isEqualTo(variant == Variant.NAIVE);
		assertThat(variant.classPath().contains("cf-tracker-spring-boot-autoconfigure"))
			.isEqualTo(hasLibraries && variant != Variant.LIBRARIES);
		assertThat(variant.classPath().contains("awssdk")).isEqualTo(hasLibraries);
	}

}
