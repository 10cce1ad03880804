package io.github.cftracker.benchmarks.soak;

import java.time.Duration;

import io.github.cftracker.CacheTags;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The shop. One product in fifty comes and goes.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ShopPages {

	@RestController
	static class Pages {

		private static final String BODY = "A page of the shop. ".repeat(100);

		private static final int COMES_AND_GOES = 50;

		private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

		@GetMapping("/shop/category-{category}/{product}/reviews-and-sizes")
		@CacheTags("category:#{#category}")
		ResponseEntity<String> product(@PathVariable("category") String category,
				@PathVariable("product") String product) {
			if (isGone(product)) {
				return ResponseEntity.notFound().build();
			}
			return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic()).body(BODY);
		}

		private static boolean isGone(String product) {
			int number = Integer.parseInt(product.substring(product.lastIndexOf('-') + 1));
			return number % COMES_AND_GOES == 0 && System.nanoTime() / PERIOD_NANOS % 2 == 0;
		}

	}

}
