package com.example.shop

import io.github.cftracker.CloudFrontInvalidator
import io.github.cftracker.InvalidationRequest
import io.github.cftracker.RunHandle
import org.springframework.stereotype.Service

@Service
class PriceImport(private val invalidator: CloudFrontInvalidator) {

	fun finished(ids: List<Long>): RunHandle {
		val request = InvalidationRequest.builder()
			.paths(listOf("/sale/*"))
			.tags(ids.map { "product:$it" })
			.build()
		return invalidator.invalidate(request.withRequestedBy("price import"))
	}

}
