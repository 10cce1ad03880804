package com.example.shop;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * A test that does not mention CloudFront sends nothing, although the application has the
 * id of a distribution and the machine has AWS credentials.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(properties = "spring.application.name=plain")
@AutoConfigureMockMvc
class PlainTests {

	/**
	 * What the AWS SDK takes for AWS.
	 */
	private static final LocalCloudFront aws = LocalCloudFront.builder().distributionId("E2QWRUHAPOMQZL").start();

	static {
		System.setProperty("aws.endpointUrl", aws.endpoint().toString());
		System.setProperty("aws.accessKeyId", aws.accessKey());
		System.setProperty("aws.secretAccessKey", aws.secretKey());
	}

	@Autowired
	private MockMvc mvc;

	@Autowired
	private Catalog catalog;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@AfterAll
	static void close() {
		aws.close();
		System.clearProperty("aws.endpointUrl");
		System.clearProperty("aws.accessKeyId");
		System.clearProperty("aws.secretAccessKey");
	}

	@Test
	void sendsNothing(CapturedOutput output) throws Exception {
		assertThat(output).containsOnlyOnce("cf-tracker is off because this is a test without a local CloudFront");
		this.mvc.perform(get("/products/1")).andExpect(status().isOk());
		this.catalog.rename(1, "mug");
		Run run = this.invalidator.invalidate(InvalidationRequest.ofPaths("/shop/products/1")).completion().join();
		assertThat(run.state()).isEqualTo(Run.State.EMPTY);
		assertThat(run.error()).contains("this is a test without a local CloudFront");
		assertThat(aws.calls()).isEmpty();
	}

}
