package io.github.cftracker.web;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.cftracker.CacheTags;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.testing.NewThread;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Pages with cache tags of all kinds. Final, and its methods are not public, which no
 * proxy would bear.
 */
@Controller
final class TaggedPages {

	record Brand(String name) {
	}

	record Product(long id, String name, List<String> authors) {
	}

	private static Product product(long id) {
		return new Product(id, "P" + id, List.of("ann", "bob"));
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@CacheTags("composed:#{#id}")
	@interface Composed {

	}

	@ModelAttribute("site")
	Brand site() {
		return new Brand("Main");
	}

	@RequestMapping("/body/{id}")
	@ResponseBody
	@CacheTags({ "product:#{#id}", "products" })
	String body(@PathVariable long id) {
		return "body";
	}

	@GetMapping("/union")
	@ResponseBody
	@CacheTags("u:#{#header}")
	String union(@RequestHeader("X-Part") String header) {
		return "union";
	}

	@GetMapping("/composed/{id}")
	@ResponseBody
	@Composed
	String composed(@PathVariable long id) {
		return "composed";
	}

	@GetMapping("/entity/{id}")
	@CacheTags("name:#{#result.body.name}")
	ResponseEntity<Product> entity(@PathVariable long id) {
		return ResponseEntity.ok().eTag("v1").body(product(id));
	}

	@GetMapping("/view/{id}")
	@CacheTags({ "product:#{#id}", "brand:#{#model['brand'].name}", "by-name:#{#brand.name}", "site:#{#site.name}" })
	String view(@PathVariable long id, Model model) {
		model.addAttribute("brand", new Brand("Acme"));
		model.addAttribute("id", "not this one");
		return "tagged";
	}

	@GetMapping("/mav/{id}")
	@CacheTags({ "brand:#{#model['brand'].name}", "site:#{#site.name}" })
	ModelAndView modelAndView(@PathVariable long id) {
		return new ModelAndView("tagged", Map.of("brand", new Brand("Acme")));
	}

	@GetMapping("/callable/{id}")
	@ResponseBody
	@CacheTags({ "product:#{#id}", "name:#{#result.name}" })
	Callable<Product> callable(@PathVariable long id) {
		return () -> product(id);
	}

	@GetMapping("/deferred/{id}")
	@ResponseBody
	@CacheTags({ "product:#{#id}", "name:#{#result.name}" })
	DeferredResult<Product> deferred(@PathVariable long id) {
		DeferredResult<Product> result = new DeferredResult<>();
		NewThread.EACH.execute(() -> result.setResult(product(id)));
		return result;
	}

	@GetMapping("/future/{id}")
	@CacheTags({ "product:#{#id}", "name:#{#result.body.name}" })
	CompletableFuture<ResponseEntity<Product>> future(@PathVariable long id) {
		return CompletableFuture.supplyAsync(() -> ResponseEntity.ok(product(id)), NewThread.EACH);
	}

	@GetMapping("/later-view/{id}")
	@CacheTags({ "product:#{#id}", "brand:#{#brand.name}" })
	Callable<String> laterView(@PathVariable long id, Model model) {
		return () -> {
			model.addAttribute("brand", new Brand("Acme"));
			return "tagged";
		};
	}

	@GetMapping("/streaming/{id}")
	@CacheTags("product:#{#id}")
	StreamingResponseBody streaming(@PathVariable long id) {
		return (stream) -> stream.write('s');
	}

	@GetMapping("/other-thread")
	@ResponseBody
	Callable<String> otherThread(HttpServletRequest request) {
		return () -> {
			ResponseTags.add(request, "other-thread");
			return "other";
		};
	}

	@GetMapping("/collections")
	@ResponseBody
	@CacheTags({ "#{#result.authors}", "#{#numbers}", "author:#{#result.authors}:#{#numbers}", "#{#maybe}" })
	Product collections(@RequestParam int[] numbers, @RequestParam Optional<String> maybe) {
		return product(1);
	}

	@GetMapping("/nothing")
	@ResponseBody
	@CacheTags({ "a:#{#x}", "#{#x}", "#{null}", " ", "#{{null, ' ', 'kept'}}" })
	String nothing(@RequestParam(required = false) String x) {
		return "nothing";
	}

	@GetMapping("/faulty/{id}")
	@ResponseBody
	@CacheTags({ "brand:#{#brnad.name}", "x:#{#id.name}", "product:#{#id}" })
	String faulty(@PathVariable long id) {
		return "faulty";
	}

	@GetMapping("/add")
	@ResponseBody
	String add(HttpServletRequest request, @RequestParam List<String> tag) {
		ResponseTags.add(request, tag);
		return "added";
	}

	@GetMapping("/odd")
	@ResponseBody
	String odd(HttpServletRequest request) {
		ResponseTags.add(request, "Two Words", "a,b", "\uD83D\uDE00", "UPPER", "upper", null, " ", "t".repeat(300));
		return "odd";
	}

	@GetMapping("/many/{count}/{length}")
	@ResponseBody
	String many(HttpServletRequest request, @PathVariable int count, @PathVariable int length) {
		List<String> tags = new ArrayList<>();
		IntStream.range(0, count)
			.forEach((i) -> tags.add("t" + "x".repeat(Math.max(0, length - 4)) + "%03d".formatted(i)));
		tags.forEach((tag) -> ResponseTags.add(request, tag));
		return "many";
	}

	@GetMapping("/own")
	@ResponseBody
	String own(HttpServletResponse response) {
		response.addHeader("Cache-Tag", "own-1, Own-2");
		response.addHeader("Cache-Tag", "own-3");
		return "own";
	}

	@GetMapping("/own/annotated")
	@ResponseBody
	@CacheTags("annotated")
	String ownAndAnnotated(HttpServletResponse response) {
		response.addHeader("Cache-Tag", "own-1, own-2");
		response.addHeader("Cache-Tag", "own-3");
		return "own";
	}

	@GetMapping("/own/entity")
	@CacheTags("annotated")
	ResponseEntity<String> ownByEntity() {
		return ResponseEntity.ok().header("Cache-Tag", "own").body("own");
	}

	@GetMapping("/own/replaced")
	@ResponseBody
	String replaced(HttpServletRequest request, HttpServletResponse response) {
		ResponseTags.add(request, "added");
		response.setHeader("Cache-Tag", "own");
		return "own";
	}

	@GetMapping("/committed/{id}")
	@CacheTags("annotated")
	void committed(HttpServletRequest request, HttpServletResponse response, @PathVariable long id) throws IOException {
		response.getWriter().write("some");
		response.flushBuffer();
		ResponseTags.add(request, "late");
	}

	@GetMapping("/by-hand/{id}")
	@CacheTags("product:#{#id}")
	void byHand(HttpServletResponse response, @PathVariable long id) throws IOException {
		response.getWriter().write("by hand");
	}

	@GetMapping("/accepted")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@CacheTags("accepted")
	void noContent() {
	}

	@GetMapping("/unmodified/{id}")
	@ResponseBody
	@CacheTags("product:#{#id}")
	String unmodified(@PathVariable long id, WebRequest request) {
		return request.checkNotModified("v1") ? null : "page";
	}

	@GetMapping("/forwarding")
	@CacheTags("forwarding")
	void forwarding(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		request.getRequestDispatcher("/body/7").forward(request, response);
	}

	@GetMapping("/forwarded")
	@CacheTags("forwarded")
	String forwarded() {
		return "forward:/body/8";
	}

	@GetMapping("/throws/{status}")
	@ResponseBody
	@CacheTags("never")
	String fails(HttpServletRequest request, @PathVariable int status) {
		ResponseTags.add(request, "failed");
		if (status == 0) {
			throw new IllegalStateException("Broken");
		}
		throw new ResponseStatusException(HttpStatus.valueOf(status));
	}

	@GetMapping("/reset")
	void reset(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ResponseTags.add(request, "before");
		response.reset();
		ResponseTags.add(request, "after");
		response.getWriter().write("reset");
	}

}
