package io.github.cftracker.web;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * Pages that are there when the controller returns.
 */
@Controller
class Pages {

	@RequestMapping("/page")
	@ResponseBody
	String page() {
		return "page";
	}

	@GetMapping("/slow")
	@ResponseBody
	String slow() {
		Pause.pause();
		return "slow";
	}

	@GetMapping("/hidden/page")
	@ResponseBody
	String hidden() {
		return "hidden";
	}

	@GetMapping("/answer/{status}")
	ResponseEntity<String> answer(@PathVariable int status, @RequestParam(required = false) String[] cacheControl,
			@RequestParam(required = false) String expires) {
		HttpHeaders headers = new HttpHeaders();
		if (status / 100 == 3) {
			headers.setLocation(URI.create("/page"));
		}
		if (cacheControl != null) {
			for (String value : cacheControl) {
				headers.add(HttpHeaders.CACHE_CONTROL, value);
			}
		}
		if (expires != null) {
			headers.set(HttpHeaders.EXPIRES, expires);
		}
		return ResponseEntity.status(status).headers(headers).body("answer");
	}

	@GetMapping("/etag")
	ResponseEntity<String> etag() {
		return ResponseEntity.ok().eTag("v1").body("etag");
	}

	@GetMapping("/cookie")
	ResponseEntity<String> cookie() {
		return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, "session=1").body("cookie");
	}

	@GetMapping("/forward")
	String forward() {
		return "forward:/page";
	}

	@GetMapping("/forward/missing")
	String forwardToMissing() {
		return "forward:/missing";
	}

	@GetMapping("/include")
	void include(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		response.getWriter().write("before ");
		request.getRequestDispatcher("/raw/included").include(request, response);
	}

	@GetMapping("/missing/exception")
	String missingByException() {
		throw new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	@GetMapping("/missing/entity")
	ResponseEntity<String> missingByEntity() {
		return ResponseEntity.notFound().build();
	}

	@GetMapping("/missing/send-error")
	void missingBySendError(HttpServletResponse response) throws IOException {
		response.sendError(HttpServletResponse.SC_NOT_FOUND);
	}

	@GetMapping("/broken")
	String broken() {
		throw new IllegalStateException("Broken");
	}

	@GetMapping("/broken/after-write")
	void brokenAfterWrite(HttpServletResponse response) throws IOException {
		response.getWriter().write("some");
		throw new IllegalStateException("Broken after it wrote");
	}

	@GetMapping("/broken/after-commit")
	void brokenAfterCommit(HttpServletResponse response) throws IOException {
		response.getWriter().write("some");
		response.flushBuffer();
		throw new IllegalStateException("Broken after commit");
	}

}
