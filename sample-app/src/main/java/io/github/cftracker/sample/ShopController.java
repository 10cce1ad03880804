package io.github.cftracker.sample;

import java.time.Duration;

import io.github.cftracker.CacheTags;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * The pages. Each says itself how long it may be cached, and only once it is certain to
 * be that page: a 404 with a lifetime of an hour would be cached for that hour. Each has
 * the tags of the products that it shows.
 */
@Controller
class ShopController {

	private static final CacheControl AN_HOUR = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

	private final Products products;

	ShopController(Products products) {
		this.products = products;
	}

	@GetMapping("/products")
	@CacheTags("product:#{#products.![id]}")
	String products(Model model, HttpServletResponse response) {
		model.addAttribute("products", this.products.all());
		cache(response, AN_HOUR);
		return "products";
	}

	@GetMapping("/products/{id:\\d{1,9}}")
	@CacheTags("product:#{#id}")
	String product(@PathVariable int id, Model model, HttpServletResponse response) {
		model.addAttribute("product",
				this.products.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
		cache(response, AN_HOUR);
		return "product";
	}

	/**
	 * Opinions, which are made up from the number of the page.
	 */
	@GetMapping("/products/{id:\\d{1,9}}/reviews/{page:[1-5]}")
	@CacheTags("product:#{#id}")
	String reviews(@PathVariable int id, @PathVariable int page, Model model, HttpServletResponse response) {
		product(id, model, response);
		model.addAttribute("page", page);
		return "reviews";
	}

	@GetMapping("/basket")
	String basket(HttpServletResponse response) {
		cache(response, CacheControl.noStore());
		return "basket";
	}

	private static void cache(HttpServletResponse response, CacheControl cacheControl) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, cacheControl.getHeaderValue());
	}

}
