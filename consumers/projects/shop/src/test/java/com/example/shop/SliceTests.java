package com.example.shop;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.json.JacksonTester;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Slices of the application contain nothing of the starter, and need nothing of it.
 */
class SliceTests {

	@Nested
	@WebMvcTest(ProductController.class)
	@Import(SecurityConfiguration.class)
	class WebTests {

		@Autowired
		private MockMvc mvc;

		@Autowired
		private ApplicationContext context;

		@MockitoBean
		private Catalog catalog;

		@Test
		void answersPages() throws Exception {
			given(this.catalog.name(1)).willReturn("cup");
			this.mvc.perform(get("/products/1"))
				.andExpect(status().isOk())
				.andExpect(content().json("{\"name\":\"cup\"}"));
			assertNothingOfTheStarter(this.context);
		}

	}

	@Nested
	@DataJpaTest
	class JpaTests {

		@Autowired
		private ProductRepository products;

		@Autowired
		private ApplicationContext context;

		@Test
		void readsAndWritesProducts() {
			this.products.saveAndFlush(new Product(4L, "glass"));
			assertThat(this.products.findAll()).extracting(Product::getName).contains("cup", "glass");
			assertNothingOfTheStarter(this.context);
		}

	}

	@Nested
	@JsonTest
	class JsonTests {

		@Autowired
		private JacksonTester<ProductController.Named> json;

		@Autowired
		private ApplicationContext context;

		@Test
		void writesProducts() throws Exception {
			assertThat(this.json.write(new ProductController.Named("cup"))).isEqualToJson("{\"name\":\"cup\"}");
			assertNothingOfTheStarter(this.context);
		}

	}

	private static void assertNothingOfTheStarter(ApplicationContext context) {
		assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("cfTracker"));
	}

}
