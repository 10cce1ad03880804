package io.github.cftracker.sample;

import java.util.List;

import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Runs outside Spring's test framework, in which the tracker would be off.
 */
@Tag("full")
class AwsProfileTests {

	private static final List<String> VARIABLES = List.of("CF_DIST=E2QWRUHAPOMQZL", "AWS_ACCESS_KEY=access",
			"AWS_SECRET_KEY=secret");

	@Test
	void sendsToRealDistribution() {
		try (ConfigurableApplicationContext context = start(VARIABLES)) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("cf.tracker.distribution-id")).isEqualTo("E2QWRUHAPOMQZL");
			assertThat(environment.getProperty("cf.tracker.access-key")).isEqualTo("access");
			assertThat(environment.getProperty("cf.tracker.secret-key")).isEqualTo("secret");
			assertThat(environment.getProperty("cf.tracker.endpoint")).isNull();
			assertThat(context.getBeansOfType(LocalCloudFront.class)).isEmpty();
			assertThat(context.getBean(UrlStore.class).name()).isEqualTo("memory");
			assertThat(context.getBean(SecurityProperties.class).getUser().isPasswordGenerated()).isTrue();
		}
	}

	@Test
	void leadsFromTheRootToTheShopAndHasNoDemonstration() throws Exception {
		try (ConfigurableApplicationContext context = start(VARIABLES)) {
			MockMvc mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) context).build();
			mvc.perform(get("/")).andExpect(redirectedUrl("/products"));
			mvc.perform(get("/demo/state")).andExpect(status().isNotFound());
		}
	}

	@Test
	void demandsTheDistribution() {
		assertThatException().isThrownBy(() -> start(List.of()).close())
			.withMessageContaining("nothing sets 'CF_DIST'");
	}

	private static ConfigurableApplicationContext start(List<String> variables) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles("aws")
			.properties(variables.toArray(String[]::new))
			// Nothing may reach AWS
			.run("--server.port=0", "--cf.tracker.distribution.mirror=false");
	}

}
