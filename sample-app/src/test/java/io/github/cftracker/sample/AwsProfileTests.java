package io.github.cftracker.sample;

import io.github.cftracker.UrlStore;
import io.github.cftracker.autoconfigure.CfTrackerProperties;
import io.github.cftracker.autoconfigure.CloudFrontProperties;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "CF_DIST=E2QWRUHAPOMQZL", "AWS_ACCESS_KEY=access", "AWS_SECRET_KEY=secret" })
@ActiveProfiles("aws")
class AwsProfileTests {

	@Test
	void sendsToRealDistribution(@Autowired CfTrackerProperties tracker, @Autowired CloudFrontProperties cloudFront,
			@Autowired ObjectProvider<LocalCloudFront> local, @Autowired UrlStore store,
			@Autowired SecurityProperties security) {
		assertThat(tracker.getDistributionId()).isEqualTo("E2QWRUHAPOMQZL");
		assertThat(cloudFront.getAccessKey()).isEqualTo("access");
		assertThat(cloudFront.getSecretKey()).isEqualTo("secret");
		assertThat(cloudFront.getEndpoint()).isNull();
		assertThat(local.getIfAvailable()).isNull();
		assertThat(store.name()).isEqualTo("memory");
		assertThat(security.getUser().isPasswordGenerated()).isTrue();
	}

	@Test
	void leadsFromTheRootToTheShopAndHasNoDemonstration(@Autowired WebApplicationContext context) throws Exception {
		MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
		mvc.perform(get("/")).andExpect(redirectedUrl("/products"));
		mvc.perform(get("/demo/state")).andExpect(status().isNotFound());
	}

}
