package io.github.cftracker.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose AWS credentials need a module of the SDK that the starter does not
 * bring.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingSdkModuleTests {

	private final Map<String, String> before = new HashMap<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void isolate() {
		set("aws.disableEc2Metadata", "true");
		set("aws.configFile", this.directory.resolve("config").toString());
		set("aws.sharedCredentialsFile", this.directory.resolve("credentials").toString());
	}

	@AfterEach
	void restore() {
		this.before.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
	}

	private void set(String name, String value) {
		this.before.put(name, System.setProperty(name, value));
	}

	@Test
	void namesAwsStsForAWebIdentity(CapturedOutput output) {
		set("aws.webIdentityTokenFile", this.directory.resolve("token").toString());
		set("aws.roleArn", "arn:aws:iam::111122223333:role/cdn");
		assertNamesAwsSts(output);
	}

	@Test
	void namesAwsStsForAProfileThatAssumesARole(CapturedOutput output) throws IOException {
		Files.writeString(this.directory.resolve("config"), """
				[default]
				role_arn = arn:aws:iam::111122223333:role/cdn
				source_profile = base
				[profile base]
				aws_access_key_id = key
				aws_secret_access_key = secret
				""");
		assertNamesAwsSts(output);
	}

	private static void assertNamesAwsSts(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--cf.tracker.store=memory", "--cf.tracker.distribution-id=E123")) {
			Run run = context.getBean(CloudFrontInvalidator.class)
				.invalidate(InvalidationRequest.ofPaths("/a"))
				.completion()
				.join();
			assertThat(run.state()).isEqualTo(Run.State.FAILED);
			assertThat(run.error()).contains("'software.amazon.awssdk:sts'").hasSizeLessThan(300);
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).contains("The settings of distribution 'E123' cannot be read"));
			assertThat(output.getAll().lines().filter((line) -> line.contains("cannot be read"))).singleElement()
				.asString()
				.contains("which is not on the class path. Add the dependency 'software.amazon.awssdk:sts'");
			assertThat(output).doesNotContain("AwsCredentialsProviderChain(");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
