package com.example.jetty;

import io.github.cftracker.CacheTags;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class JettyApplication {

	public static void main(String[] args) {
		SpringApplication.run(JettyApplication.class, args);
	}

	@RestController
	static class Pages {

		@GetMapping("/pages/{id}")
		@CacheTags("page:#{#id}")
		String page(@PathVariable long id) {
			return "page " + id;
		}

	}

}
