package com.example.shop

import io.github.cftracker.CloudFrontInvalidator
import io.github.cftracker.InvalidationRequest
import io.github.cftracker.Run
import io.github.cftracker.test.AutoConfigureLocalCloudFront
import io.github.cftracker.test.LocalCloudFront
import java.util.concurrent.TimeUnit
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT
import org.springframework.web.client.RestClient

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = ["cf.tracker.store=memory"])
@AutoConfigureLocalCloudFront
class ProductPagesTests {

	@Autowired
	private lateinit var cloudFront: LocalCloudFront

	@BeforeEach
	fun clear() {
		cloudFront.clear()
	}

	@Test
	fun invalidatesPage(@Autowired invalidator: CloudFrontInvalidator) {
		RestClient.create(cloudFront.edge()).get().uri("/products/7").retrieve().toBodilessEntity()
		val handle = invalidator.invalidate(InvalidationRequest.ofTags("product:7"))
		val run = handle.completion.get(30, TimeUnit.SECONDS)
		assertThat(run.state).isEqualTo(Run.State.COMPLETED)
		assertThat(cloudFront.invalidations().single().paths).containsExactly("/products/7")
	}

}
