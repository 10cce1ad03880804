package io.github.cftracker.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Products {

	private final JdbcClient jdbc;

	Products(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Product> all() {
		return this.jdbc.sql("SELECT id, name, description, price, version FROM product ORDER BY id")
			.query(Product.class)
			.list();
	}

	Optional<Product> find(int id) {
		return this.jdbc.sql("SELECT id, name, description, price, version FROM product WHERE id = :id")
			.param("id", id)
			.query(Product.class)
			.optional();
	}

	/**
	 * Changes a price.
	 * @return whether there is such a product
	 */
	boolean changePrice(int id, BigDecimal price) {
		return this.jdbc.sql("UPDATE product SET price = :price, version = version + 1 WHERE id = :id")
			.param("price", price)
			.param("id", id)
			.update() == 1;
	}

}
