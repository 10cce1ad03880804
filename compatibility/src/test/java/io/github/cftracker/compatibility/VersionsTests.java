package io.github.cftracker.compatibility;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.util.VersionInfo;

import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifies that the tests of this module run on the versions that it names.
 */
class VersionsTests {

	private final String springBoot = System.getProperty("compatibility.spring-boot");

	private final String awsSdk = System.getProperty("compatibility.aws-sdk");

	@Test
	void runsOnTheNamedSpringBoot() {
		assertThat(SpringBootVersion.getVersion()).startsWith(this.springBoot);
		assertThat(versions("org/springframework/boot/[^/]+")).hasSize(1)
			.allSatisfy((version) -> assertThat(version).startsWith(this.springBoot));
	}

	@Test
	void runsOnTheNamedAwsSdk() {
		assertThat(VersionInfo.SDK_VERSION).isEqualTo(this.awsSdk);
		assertThat(versions("software/amazon/awssdk/[^/]+")).containsExactly(this.awsSdk);
	}

	@Test
	void runsOurJarsOfThisBuild() {
		assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
			.anyMatch((entry) -> entry.replace(File.separatorChar, '/')
				.matches(".*/cf-tracker-spring-boot-autoconfigure/target/[^/]+"));
	}

	private static Set<String> versions(String artifact) {
		Pattern jar = Pattern.compile(".*/" + artifact + "/([^/]+)/[^/]+\\.jar");
		Set<String> versions = new TreeSet<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Matcher matcher = jar.matcher(entry.replace(File.separatorChar, '/'));
			if (matcher.matches()) {
				versions.add(matcher.group(1));
			}
		}
		return versions;
	}

}
