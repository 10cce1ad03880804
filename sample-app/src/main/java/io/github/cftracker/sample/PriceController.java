package io.github.cftracker.sample;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the shop's content changes. It tells CloudFront nothing: that is for the operator
 * to ask.
 */
@RestController
class PriceController {

	private static final Pattern PRICE = Pattern.compile("\\d{1,6}(\\.\\d{1,2})?");

	private final Products products;

	PriceController(Products products) {
		this.products = products;
	}

	@PostMapping("/admin/products/{id:\\d{1,9}}/price")
	ResponseEntity<String> changePrice(@PathVariable int id, @RequestParam(defaultValue = "") String value) {
		if (!PRICE.matcher(value).matches()) {
			return ResponseEntity.badRequest()
				.body("'value' is '%s', but must be a price such as 17.50%n".formatted(value));
		}
		if (!this.products.changePrice(id, new BigDecimal(value))) {
			return ResponseEntity.status(404).body("Product %d does not exist%n".formatted(id));
		}
		return ResponseEntity.noContent().build();
	}

}
