package io.github.cftracker.sample;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.CacheTags;
import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.RunEvent;
import io.github.cftracker.test.LocalCloudFront;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

import static org.mockito.Mockito.verify;

/**
 * The Java code of the documentation, so that it is compiled.
 */
final class DocumentedCode {

	private static final Logger logger = LoggerFactory.getLogger(DocumentedCode.class);

	private DocumentedCode() {
	}

	interface Catalogue {

		Item find(long id);

		void save(Item product);

	}

	record Item(long id) {
	}

	static class Tags {

		private final Catalogue products;

		Tags(Catalogue products) {
			this.products = products;
		}

		@GetMapping("/products/{id}")
		@CacheTags("product:#{#id}")
		String product(@PathVariable long id, Model model) {
			model.addAttribute("product", this.products.find(id));
			return "product";
		}

		@Transactional
		@InvalidatesCloudFront(tags = "product:#{#product.id}")
		public void save(Item product) {
			this.products.save(product);
		}

	}

	static class ShopApplication {

		static void main(String[] args) {
			SpringApplication.run(ShopApplication.class, args);
		}

	}

	static class LocalApplication {

		public static void main(String[] args) {
			LocalCloudFront cloudFront = LocalCloudFront.builder()
				.edgePort(8081)
				.origin(URI.create("http://localhost:8080"))
				.start();
			SpringApplication.from(ShopApplication::main)
				.run("--cf.tracker.store=memory", "--cf.tracker.endpoint=" + cloudFront.endpoint(),
						"--cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"--cf.tracker.access-key=" + cloudFront.accessKey(),
						"--cf.tracker.secret-key=" + cloudFront.secretKey());
		}

	}

	interface Brands {

		Brand find(String name);

		void save(Branded product);

	}

	interface Labels {

		Labelled of(long id);

	}

	record Brand(String name) {
	}

	record Branded(long id, String brand) {
	}

	record Labelled(List<String> labels) {
	}

	static class Selecting {

		private final Brands brands;

		private final Labels labels;

		Selecting(Brands brands, Labels labels) {
			this.brands = brands;
			this.labels = labels;
		}

		@GetMapping("/brands/{brand}/products/{id}")
		@CacheTags({ "product:#{#id}", "brand:#{#model['brand'].name}", "#{#result.body.labels}" })
		ResponseEntity<Labelled> product(@PathVariable String brand, @PathVariable long id, Model model) {
			model.addAttribute("brand", this.brands.find(brand));
			return ResponseEntity.ok(this.labels.of(id));
		}

		@Transactional
		@InvalidatesCloudFront(tags = "brand:#{#product.brand}", paths = "/products/#{#product.id}")
		public void rename(Branded product) {
			this.brands.save(product);
		}

	}

	static class HttpClients {

		@Bean
		CloudFrontClientCustomizer cloudFrontHttpClient() {
			return (builder) -> builder
				.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(5)));
		}

	}

	static class Operators {

		private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

		@Bean
		@Order(1)
		SecurityFilterChain operators(HttpSecurity http) {
			http.securityMatcher(EndpointRequest.toAnyEndpoint());
			http.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
				.permitAll()
				.requestMatchers(Operators::isChangeByPage)
				.denyAll()
				.anyRequest()
				.authenticated());
			http.httpBasic(Customizer.withDefaults());
			http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
			http.csrf(AbstractHttpConfigurer::disable);
			return http.build();
		}

		private static boolean isChangeByPage(HttpServletRequest request) {
			return !SAFE_METHODS.contains(request.getMethod())
					&& (request.getHeader(HttpHeaders.ORIGIN) != null || request.getHeader("Sec-Fetch-Site") != null);
		}

	}

	static class Pages {

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
			http.headers((headers) -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable));
			return http.build();
		}

	}

	interface Products {

		void rename(long id, String name);

	}

	static class MockedInvalidator {

		@MockitoBean
		private CloudFrontInvalidator invalidator;

		@Test
		void invalidatesTheRenamedProduct(@Autowired Products products) {
			products.rename(7, "Tea");
			verify(this.invalidator).invalidate(InvalidationRequest.ofTags("product:7"));
		}

	}

	static class Announcer {

		@EventListener
		void completed(RunEvent.Completed event) {
			logger.info("{} paths are fresh everywhere", event.run().paths());
		}

		@EventListener
		void failed(RunEvent.Failed event) {
			logger.error("Viewers still see the old prices: {}", event.run().error());
		}

	}

}
