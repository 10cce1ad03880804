package com.example.shop

import io.github.cftracker.InvalidationRequest
import io.github.cftracker.AfterCommitInvalidator
import io.github.cftracker.InvalidatesCloudFront
import java.io.IOException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional

@Service
class Products(private val repository: ProductRepository, private val invalidator: AfterCommitInvalidator) {

	fun find(id: Long): Product = repository.find(id)

	@Transactional
	@InvalidatesCloudFront(tags = ["product:#{#product.id}"], paths = ["/products", "/search*"])
	fun save(product: Product) {
		repository.save(product)
	}

	@InvalidatesCloudFront(tags = ["#{#ids.!['product:' + #this]}"])
	fun recount(ids: List<Long>, label: String = "all") = "$label: ${ids.size}"

	@InvalidatesCloudFront(paths = ["/sale/5\$"])
	fun endSale() {
	}

	suspend fun rename(id: Long) {
		withContext(Dispatchers.IO) {
			invalidator.invalidate(InvalidationRequest.ofTags("product:$id"))
		}
	}

	@Transactional
	@InvalidatesCloudFront(tags = ["product:#{#product.id}"])
	fun saveAndCommit(product: Product) {
		repository.save(product)
		throw IOException("commits")
	}

	@Transactional(rollbackFor = [Exception::class])
	@InvalidatesCloudFront(tags = ["product:#{#product.id}"])
	fun saveAndRollBack(product: Product) {
		repository.save(product)
		throw IOException("rolls back")
	}

}
