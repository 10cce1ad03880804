package com.example.shop

import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.stereotype.Repository

data class Product(val id: Long, val name: String, val brand: String)

@Repository
class ProductRepository(private val jdbc: JdbcClient) {

	fun find(id: Long): Product =
		jdbc.sql("select id, name, brand from product where id = ?").param(id).query(Product::class.java).optional()
			.orElse(Product(id, "Unnamed", "none"))

	fun save(product: Product) {
		jdbc.sql("merge into product (id, name, brand) values (?, ?, ?)")
			.params(product.id, product.name, product.brand).update()
	}

}
