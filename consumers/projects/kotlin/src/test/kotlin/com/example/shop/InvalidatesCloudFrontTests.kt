package com.example.shop

import io.github.cftracker.CloudFrontInvalidator
import io.github.cftracker.InvalidationRequest
import io.github.cftracker.Run
import io.github.cftracker.RunHandle
import java.io.IOException
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test
import org.mockito.Mockito.verify
import org.mockito.Mockito.verifyNoMoreInteractions
import org.mockito.Mockito.`when`
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.test.context.bean.override.mockito.MockitoBean

@SpringBootTest
class InvalidatesCloudFrontTests {

	@MockitoBean
	private lateinit var invalidator: CloudFrontInvalidator

	@Autowired
	private lateinit var products: Products

	@Test
	fun namesParametersOfFunctionWithDefaults() {
		assertThat(products.recount(listOf(1, 2))).isEqualTo("all: 2")
		verify(invalidator).invalidate(InvalidationRequest.ofTags("product:1", "product:2"))
	}

	@Test
	fun takesEscapedDollarLiterally() {
		products.endSale()
		verify(invalidator).invalidate(InvalidationRequest.ofPaths("/sale/5\$"))
	}

	@Test
	fun invalidatesFromCoroutine() {
		runBlocking { products.rename(9) }
		verify(invalidator).invalidate(InvalidationRequest.ofTags("product:9"))
	}

	@Test
	fun invalidatesNothingAfterException() {
		assertThatExceptionOfType(IOException::class.java).isThrownBy { products.saveAndCommit(Product(21, "Tea", "Acme")) }
		assertThatExceptionOfType(IOException::class.java).isThrownBy { products.saveAndRollBack(Product(22, "Tea", "Acme")) }
		assertThat(products.find(21).name).isEqualTo("Tea")
		assertThat(products.find(22).name).isEqualTo("Unnamed")
		verifyNoMoreInteractions(invalidator)
	}

	@Test
	fun showsComponentsOfResultsAsProperties(@Autowired prices: PriceImport) {
		val request = InvalidationRequest.builder().paths(listOf("/sale/*")).tags(listOf("product:7")).build()
		`when`(invalidator.invalidate(request)).thenReturn(RunHandle.ofNothing(request, "mocked"))
		val handle = prices.finished(listOf(7))
		assertThat(handle.run.state).isEqualTo(Run.State.EMPTY)
		val error: String? = handle.run.error
		assertThat(error).isEqualTo("mocked")
	}

}
