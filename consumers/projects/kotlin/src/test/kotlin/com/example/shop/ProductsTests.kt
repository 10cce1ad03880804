package com.example.shop

import io.github.cftracker.CloudFrontInvalidator
import io.github.cftracker.InvalidationRequest
import org.junit.jupiter.api.Test
import org.mockito.Mockito.verify
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.test.context.bean.override.mockito.MockitoBean

@SpringBootTest
class ProductsTests {

	@MockitoBean
	private lateinit var invalidator: CloudFrontInvalidator

	@Test
	fun invalidatesSavedProduct(@Autowired products: Products) {
		products.save(Product(7, "Tea", "Acme"))
		val request = InvalidationRequest.builder()
			.tags(listOf("product:7"))
			.paths(listOf("/products", "/search*"))
			.build()
		verify(invalidator).invalidate(request)
	}

}
