package com.example.reactive;

import io.github.cftracker.UrlTracker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class ReactiveApplication {

	public static void main(String[] args) {
		SpringApplication.run(ReactiveApplication.class, args);
	}

	@Service
	static class Catalog {

		private final ProductRepository products;

		private final DatabaseClient database;

		Catalog(ProductRepository products, DatabaseClient database) {
			this.products = products;
			this.database = database;
		}

		@Transactional
		public Mono<Product> add(String name) {
			return this.database.sql("create table if not exists product (id identity primary key, name varchar(40))")
				.then()
				.then(Mono.defer(() -> this.products.save(new Product(null, name))));
		}

		Flux<Product> all() {
			return this.products.findAll();
		}

	}

	@RestController
	static class Pages {

		private final Catalog catalog;

		private final UrlTracker tracker;

		Pages(Catalog catalog, UrlTracker tracker) {
			this.catalog = catalog;
			this.tracker = tracker;
		}

		@GetMapping("/products")
		Flux<Product> products() {
			this.tracker.track("/products");
			return this.catalog.all();
		}

	}

}
