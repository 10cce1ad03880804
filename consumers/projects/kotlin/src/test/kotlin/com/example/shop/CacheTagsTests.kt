package com.example.shop

import io.github.cftracker.CloudFrontInvalidator
import io.github.cftracker.InvalidationRequest
import io.github.cftracker.test.AutoConfigureLocalCloudFront
import io.github.cftracker.test.LocalCloudFront
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT
import org.springframework.web.client.RestClient

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = ["cf.tracker.store=memory"])
@AutoConfigureLocalCloudFront
class CacheTagsTests {

	@ParameterizedTest
	@CsvSource(
		"/products/7, brand:none",
		"/constant/8, product:8",
		"/suspending/9, suspending:9",
		"/suspending/10, name:Unnamed",
	)
	fun pageHasTag(
		path: String, tag: String, @Autowired cloudFront: LocalCloudFront, @Autowired invalidator: CloudFrontInvalidator
	) {
		RestClient.create(cloudFront.edge()).get().uri(path).retrieve().toBodilessEntity()
		assertThat(invalidator.plan(InvalidationRequest.ofTags(tag)).plan).contains(path)
	}

}
