package com.example.war;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CacheTags;
import io.github.cftracker.InvalidationRequest;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class WarApplication extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
		return application.sources(WarApplication.class);
	}

	@RestController
	static class Pages {

		private final AfterCommitInvalidator afterCommit;

		Pages(AfterCommitInvalidator afterCommit) {
			this.afterCommit = afterCommit;
		}

		@GetMapping("/pages/{id}")
		@CacheTags("page:#{#id}")
		String page(@PathVariable long id) {
			return "page " + id;
		}

		@DeleteMapping("/pages/{id}")
		void delete(@PathVariable long id) {
			this.afterCommit.invalidate(InvalidationRequest.ofTags("page:" + id));
		}

	}

}
