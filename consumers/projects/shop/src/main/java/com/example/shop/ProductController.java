package com.example.shop;

import io.github.cftracker.CacheTags;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

@Controller
public class ProductController {

	private final Catalog catalog;

	public ProductController(Catalog catalog) {
		this.catalog = catalog;
	}

	@GetMapping("/products")
	String products(Model model) {
		model.addAttribute("products", this.catalog.all());
		return "products";
	}

	@GetMapping("/products/{id}")
	@CacheTags("product:#{#id}")
	@ResponseBody
	Named product(@PathVariable long id) {
		return new Named(this.catalog.name(id));
	}

	@PutMapping("/products/{id}")
	@ResponseBody
	Named rename(@PathVariable long id, @Valid @RequestBody Named product) {
		this.catalog.rename(id, product.name());
		return product;
	}

	/**
	 * What viewers read and send.
	 *
	 * @param name the product's name
	 */
	record Named(@NotBlank String name) {

	}

}
