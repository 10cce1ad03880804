package com.example.shop

import io.github.cftracker.CacheTags
import org.springframework.stereotype.Controller
import org.springframework.ui.Model
import org.springframework.ui.set
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.ResponseBody

const val TAG = "product"

@Controller
class ProductController(private val products: Products) {

	@GetMapping("/products/{id}")
	@CacheTags("product:#{#id}", "brand:#{#model['product'].brand}")
	fun product(@PathVariable id: Long, model: Model): String {
		model["product"] = products.find(id)
		return "product"
	}

	@ResponseBody
	@GetMapping("/constant/{id}")
	@CacheTags("$TAG:#{#id}")
	fun constant(@PathVariable id: Long): Product = products.find(id)

	@ResponseBody
	@GetMapping("/suspending/{id}")
	@CacheTags("suspending:#{#id}", "name:#{#result.name}")
	suspend fun suspending(@PathVariable id: Long): Product = products.find(id)

}
