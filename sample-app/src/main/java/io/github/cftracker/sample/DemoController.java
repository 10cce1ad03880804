package io.github.cftracker.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.cftracker.test.LocalCloudFront;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Shows a page as the origin renders it beside the same page through the edge, and what
 * lies between them. Nothing here is staged: what is tracked, planned, sent and billed is
 * asked of the endpoint and of CloudFront's books.
 */
@Controller
@OnThisMachine
class DemoController {

	private final Visitor visitor;

	private final OperatorClient operator;

	private final LocalCloudFront cloudFront;

	private final JsonMapper json;

	DemoController(Visitor visitor, OperatorClient operator, LocalCloudFront cloudFront, JsonMapper json) {
		this.visitor = visitor;
		this.operator = operator;
		this.cloudFront = cloudFront;
		this.json = json;
	}

	@GetMapping("/")
	String demo(Model model, HttpServletResponse response) {
		response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
		model.addAttribute("products", this.visitor.products());
		return "demo";
	}

	/**
	 * What changes all the time.
	 */
	@GetMapping("/demo/state")
	ResponseEntity<Map<String, Object>> state() throws IOException, InterruptedException {
		JsonNode overview = read(this.operator.get("/actuator/cfinvalidate"));
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("overview", overview);
		state.put("tracked", read(this.operator.get("/actuator/cfpaths?limit=200")));
		JsonNode newest = overview.path("runs").path(0).path("id");
		state.put("run",
				newest.isMissingNode() ? null : read(this.operator.get("/actuator/cfinvalidate/" + newest.asString())));
		state.put("billed", this.cloudFront.billedItems());
		state.put("invalidations",
				this.cloudFront.invalidations()
					.stream()
					.map((invalidation) -> Map.of("id", invalidation.id(), "items", invalidation.paths().size(),
							"status", invalidation.status()))
					.toList());
		state.put("cached", this.cloudFront.cachedObjects().size());
		return fresh(state);
	}

	/**
	 * The same page twice.
	 */
	@GetMapping("/demo/view")
	ResponseEntity<Map<String, PageView>> view(@RequestParam String path) throws IOException, InterruptedException {
		return fresh(Map.of("origin", this.visitor.fromOrigin(path), "edge", this.visitor.throughEdge(path)));
	}

	@PostMapping("/demo/price")
	ResponseEntity<Map<String, Object>> changePrice(@RequestParam int product) {
		BigDecimal price = this.visitor.changePrice(product);
		return fresh(Map.of("price", price));
	}

	@PostMapping("/demo/browse")
	ResponseEntity<Map<String, Object>> browse() throws IOException, InterruptedException {
		return fresh(Map.of("pages", this.visitor.browse()));
	}

	/**
	 * Passes a selection on to the endpoint, as the operator.
	 * @param body the JSON that the endpoint takes
	 * @return its answer
	 */
	@PostMapping(path = "/demo/invalidate", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	ResponseEntity<String> invalidate(@RequestBody String body) throws IOException, InterruptedException {
		return this.operator.post("/actuator/cfinvalidate", body);
	}

	/**
	 * Has CloudFront fail at what it is asked next.
	 */
	@PostMapping("/demo/break")
	ResponseEntity<Map<String, Object>> breakCloudFront(@RequestParam Breakage how) {
		how.happenTo(this.cloudFront);
		return fresh(Map.of("next", how.description()));
	}

	@ExceptionHandler
	ResponseEntity<Map<String, Object>> endpointFailed(IllegalStateException ex) {
		return error(HttpStatus.SERVICE_UNAVAILABLE, ex);
	}

	@ExceptionHandler
	ResponseEntity<Map<String, Object>> noSuchPage(IllegalArgumentException ex) {
		return error(HttpStatus.BAD_REQUEST, ex);
	}

	private static ResponseEntity<Map<String, Object>> error(HttpStatus status, RuntimeException ex) {
		return ResponseEntity.status(status)
			.cacheControl(CacheControl.noStore())
			.body(Map.of("error", String.valueOf(ex.getMessage())));
	}

	private JsonNode read(String text) {
		return this.json.readTree(text);
	}

	private static <T> ResponseEntity<T> fresh(T body) {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
	}

}
