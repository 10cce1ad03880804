package io.github.cftracker.benchmarks.page;

import java.util.List;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletResponse;
import org.h2.jdbcx.JdbcConnectionPool;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ViewResolver;

/**
 * A page as applications have them, with a query and a template: a product, and beside it
 * the other products of its department with their ratings. The tables are small, so that
 * the heap is the same with and without a tracker. It takes about 2 ms of processor time.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.jdbc.core.JdbcTemplate")
@Import(WorkPage.ProductController.class)
class WorkPage {

	private static final String FOLDER = "io/github/cftracker/benchmarks/page/";

	@Bean(destroyMethod = "dispose")
	JdbcConnectionPool dataSource() {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
		new ResourceDatabasePopulator(new ClassPathResource(FOLDER + "shop.sql")).execute(pool);
		return pool;
	}

	@Bean
	JdbcTemplate jdbcTemplate(DataSource dataSource) {
		return new JdbcTemplate(dataSource);
	}

	@Bean
	ViewResolver thymeleafViewResolver() {
		ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
		templates.setPrefix(FOLDER);
		templates.setSuffix(".html");
		SpringTemplateEngine engine = new SpringTemplateEngine();
		engine.setTemplateResolver(templates);
		engine.setEnableSpringELCompiler(true);
		ThymeleafViewResolver resolver = new ThymeleafViewResolver();
		resolver.setTemplateEngine(engine);
		resolver.setCharacterEncoding("UTF-8");
		return resolver;
	}

	@Controller
	static class ProductController {

		private static final String RATED_PRODUCTS = """
				SELECT p.id, p.name, p.price, COUNT(*) AS reviews, AVG(CAST(r.stars AS DOUBLE)) AS stars
				FROM product p JOIN review r ON r.product_id = p.id
				WHERE p.department = ? GROUP BY p.id, p.name, p.price ORDER BY stars DESC, p.id""";

		private static final int DEPARTMENTS = 20;

		private final JdbcTemplate jdbc;

		ProductController(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/shop/{category}/{product}/reviews-and-sizes")
		String page(@PathVariable String category, @PathVariable String product, Model model,
				HttpServletResponse response) {
			List<RatedProduct> products = this.jdbc.query(RATED_PRODUCTS,
					(row, number) -> new RatedProduct(row.getInt("id"), row.getString("name"),
							row.getBigDecimal("price").toPlainString(), row.getInt("reviews"), row.getDouble("stars")),
					Math.floorMod(category.hashCode(), DEPARTMENTS));
			model.addAttribute("category", category)
				.addAttribute("product", product)
				.addAttribute("products", products);
			response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
			return "product";
		}

	}

	/**
	 * A row of the page. Public because its template reads it.
	 *
	 * @param id the number
	 * @param name the name
	 * @param price in EUR
	 * @param reviews how many there are
	 * @param stars the mean, of five
	 */
	public record RatedProduct(int id, String name, String price, int reviews, double stars) {

	}

}
