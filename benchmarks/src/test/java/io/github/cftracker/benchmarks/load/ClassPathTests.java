package io.github.cftracker.benchmarks.load;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathTests {

	@ParameterizedTest
	@EnumSource
	void eachApplicationHasWhatItWouldHaveElsewhere(Variant variant) {
		boolean hasLibraries = variant != Variant.BARE && variant != Variant.NAIVE;
		String classPath = variant.classPath(Page.CHEAP);
		assertThat(classPath).contains("tomcat-embed-core", "spring-webmvc", "spring-boot-actuator")
			.doesNotContain("jedis", "commons-pool2", "jmh", "h2", "thymeleaf", "cf-tracker-spring-boot-starter-test",
					"cf-tracker-testing");
		assertThat(classPath.contains("lettuce")).isEqualTo(variant != Variant.BARE);
		assertThat(classPath.contains("spring-boot-data-redis")).isEqualTo(variant == Variant.NAIVE);
		assertThat(classPath.contains("cf-tracker-spring-boot-autoconfigure"))
			.isEqualTo(hasLibraries && variant != Variant.LIBRARIES);
		assertThat(classPath.contains("awssdk")).isEqualTo(hasLibraries);
		assertThat(variant.classPath(Page.WORK)).contains("h2", "thymeleaf", "spring-jdbc");
	}

}
