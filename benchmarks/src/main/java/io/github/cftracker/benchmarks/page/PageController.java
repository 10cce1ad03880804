package io.github.cftracker.benchmarks.page;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A page of about 2 KB that costs next to nothing, so that whatever comes on top of it
 * shows. {@link WorkPage} replaces it if its libraries are on the class path.
 */
@RestController
@ConditionalOnMissingClass("org.springframework.jdbc.core.JdbcTemplate")
class PageController {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final int REVIEWS = 12;

	@GetMapping("/shop/{category}/{product}/reviews-and-sizes")
	ResponseEntity<String> page(@PathVariable String category, @PathVariable String product,
			@RequestParam(defaultValue = "1") int page) {
		return ResponseEntity.ok()
			.contentType(HTML)
			.header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
			.body(render(category, product, page));
	}

	private static String render(String category, String product, int page) {
		StringBuilder html = new StringBuilder(2400);
		html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>")
			.append(product)
			.append("</title></head>\n<body>\n<h1>")
			.append(product)
			.append(" in ")
			.append(category)
			.append("</h1>\n<ol>\n");
		for (int i = 0; i < REVIEWS; i++) {
			int number = (page - 1) * REVIEWS + i + 1;
			html.append("<li id=\"review-")
				.append(number)
				.append("\"><b>")
				.append(1 + number % 5)
				.append(" of 5</b> fits as described, the seams are straight, and ")
				.append(product)
				.append(" looks as in the picture</li>\n");
		}
		return html.append("</ol>\n</body>\n</html>\n").toString();
	}

}
