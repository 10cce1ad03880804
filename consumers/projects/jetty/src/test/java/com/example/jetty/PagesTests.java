package com.example.jetty;

import java.util.concurrent.TimeUnit;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "cf.tracker.store=memory")
@AutoConfigureLocalCloudFront
class PagesTests {

	@Autowired
	private LocalCloudFront cloudFront;

	@BeforeEach
	void clear() {
		this.cloudFront.clear();
	}

	@Test
	void invalidatesPage(@Autowired CloudFrontInvalidator invalidator) throws Exception {
		RestClient.create(this.cloudFront.edge()).get().uri("/pages/7").retrieve().toBodilessEntity();
		RunHandle handle = invalidator.invalidate(InvalidationRequest.ofTags("page:7"));
		Run run = handle.completion().get(30, TimeUnit.SECONDS);
		assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/pages/7"));
	}

}
