package io.github.cftracker.expression;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CacheTags;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.autoconfigure.CfTrackerAutoConfiguration;
import io.github.cftracker.autoconfigure.CfTrackerDistributionAutoConfiguration;
import io.github.cftracker.autoconfigure.CfTrackerMvcAutoConfiguration;
import io.github.cftracker.autoconfigure.CfTrackerSelectionAutoConfiguration;
import io.github.cftracker.autoconfigure.CfTrackerTransactionAutoConfiguration;
import io.github.cftracker.autoconfigure.CfTrackerWebAutoConfiguration;
import io.github.cftracker.run.InvalidationClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * One template in both annotations of one method: the page has the tags that the
 * invalidation names.
 */
class SameTemplateTests {

	private static final String TABLE = """
			# target                  | values
			/several/x,y              | brand:x, brand:y
			/several/x                | brand:x
			/product/x,y/1,2          | x:1, x:2, y:1, y:2
			/nested/x,y               | x, y
			/stream/x,y               | s:x, s:y
			/optional?name=x          | o:x
			/optional                 |
			/iterable/x,y             | i:x, i:y
			/path/x                   | f:x
			/position/x/1             | x:1
			/enum                     | e:top
			/date/2026-11-30          | d:2026-11-30
			/identity                 | kept
			/bean/x                   | name-of-x
			/result/x                 | r:x!
			/parameter/x              | r:x
			/partly-null              | p:x
			/endless                  | kept
			""";

	@Test
	void givesSameValuesInBothAnnotations() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(CfTrackerSelectionAutoConfiguration.class,
					CfTrackerDistributionAutoConfiguration.class, CfTrackerAutoConfiguration.class,
					CfTrackerWebAutoConfiguration.class, CfTrackerMvcAutoConfiguration.class,
					CfTrackerTransactionAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
					WebMvcAutoConfiguration.class))
			.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123",
					"cf.tracker.distribution.mirror=false", "cf.tracker.tags.header=Cache-Tag")
			.withBean(InvalidationClient.class, () -> mock(InvalidationClient.class))
			.withBean(Pages.class)
			.withBean("names", Names.class)
			.withBean(Requested.class)
			.run((context) -> TABLE.lines().skip(1).map((line) -> line.split("\\|", -1)).forEach((row) -> {
				List<String> expected = Stream.of(row[1].split(",", -1))
					.map(String::trim)
					.filter((tag) -> !tag.isEmpty())
					.toList();
				assertThat(tagsOfPage(context, row[0].trim())).as("@CacheTags: " + row[0])
					.containsExactlyElementsOf(expected);
				assertThat(context.getBean(Requested.class).takeTags()).as("@InvalidatesCloudFront: " + row[0])
					.containsExactlyElementsOf(expected);
			}));
	}

	private static List<String> tagsOfPage(AssertableWebApplicationContext context, String target) {
		try {
			MockHttpServletResponse response = MockMvcBuilders.webAppContextSetup(context)
				.addFilters(context.getBean(FilterRegistrationBean.class).getFilter())
				.build()
				.perform(MockMvcRequestBuilders.get(target))
				.andReturn()
				.getResponse();
			assertThat(response.getStatus()).isEqualTo(200);
			return header(response);
		}
		catch (Exception ex) {
			throw new IllegalStateException(target, ex);
		}
	}

	private static List<String> header(MockHttpServletResponse response) {
		String header = response.getHeader("Cache-Tag");
		return (header != null) ? List.of(header.split(",", -1)) : List.of();
	}

	static class Requested implements AfterCommitInvalidator {

		private final List<InvalidationRequest> requests = new ArrayList<>();

		@Override
		public void invalidate(InvalidationRequest request) {
			this.requests.add(request);
		}

		List<String> takeTags() {
			List<String> tags = this.requests.stream()
				.flatMap((request) -> request.selection().tags().stream())
				.toList();
			this.requests.clear();
			return tags;
		}

	}

	static class Names {

		public String of(String name) {
			return "name-of-" + name;
		}

		public Iterable<Object> endless() {
			List<Object> endless = new ArrayList<>();
			endless.add(endless);
			return endless;
		}

		public Iterable<String> each(List<String> names) {
			return names::iterator;
		}

	}

	enum Level {

		TOP {

			@Override
			public String toString() {
				return "the top level";
			}

		}

	}

	static class Unnamed {

	}

	@RestController
	static class Pages {

		private static final String SEVERAL = "brand:#{#brands}";

		private static final String PRODUCT = "#{#brands}:#{#numbers}";

		private static final String NESTED = "#{{{#brands[0]}, {#brands[1], #brands[1]}}}";

		private static final String STREAM = "s:#{#brands.stream()}";

		private static final String OPTIONAL = "o:#{#name}";

		private static final String ITERABLE = "i:#{@names.each(#brands)}";

		private static final String PATH = "f:#{T(java.nio.file.Path).of(#name)}";

		private static final String POSITION = "#{#p0}:#{#a1}";

		private static final String ENUM = "e:#{#result}";

		private static final String DATE = "d:#{#date}";

		private static final String IDENTITY = "#{#result}";

		private static final String BEAN = "#{@names.of(#name)}";

		private static final String RESULT = "r:#{#result}";

		private static final String PARTLY_NULL = "p:#{{null, ' ', 'x'}}";

		@GetMapping("/several/{brands}")
		@CacheTags(SEVERAL)
		@InvalidatesCloudFront(tags = SEVERAL)
		String several(@PathVariable List<String> brands) {
			return "";
		}

		@GetMapping("/product/{brands}/{numbers}")
		@CacheTags(PRODUCT)
		@InvalidatesCloudFront(tags = PRODUCT)
		String product(@PathVariable List<String> brands, @PathVariable int[] numbers) {
			return "";
		}

		@GetMapping("/nested/{brands}")
		@CacheTags(NESTED)
		@InvalidatesCloudFront(tags = NESTED)
		String nested(@PathVariable List<String> brands) {
			return "";
		}

		@GetMapping("/stream/{brands}")
		@CacheTags(STREAM)
		@InvalidatesCloudFront(tags = STREAM)
		String stream(@PathVariable List<String> brands) {
			return "";
		}

		@GetMapping("/optional")
		@CacheTags(OPTIONAL)
		@InvalidatesCloudFront(tags = OPTIONAL)
		String optional(@RequestParam Optional<String> name) {
			return "";
		}

		@GetMapping("/iterable/{brands}")
		@CacheTags(ITERABLE)
		@InvalidatesCloudFront(tags = ITERABLE)
		String iterable(@PathVariable List<String> brands) {
			return "";
		}

		@GetMapping("/path/{name}")
		@CacheTags(PATH)
		@InvalidatesCloudFront(tags = PATH)
		String path(@PathVariable String name) {
			return "";
		}

		@GetMapping("/position/{name}/{id}")
		@CacheTags(POSITION)
		@InvalidatesCloudFront(tags = POSITION)
		String position(@PathVariable String name, @PathVariable long id) {
			return "";
		}

		@GetMapping("/enum")
		@CacheTags(ENUM)
		@InvalidatesCloudFront(tags = ENUM)
		Level level() {
			return Level.TOP;
		}

		@GetMapping("/date/{date}")
		@CacheTags(DATE)
		@InvalidatesCloudFront(tags = DATE)
		String date(@PathVariable LocalDate date) {
			return "";
		}

		@GetMapping("/identity")
		@CacheTags({ "#{new io.github.cftracker.expression.SameTemplateTests.Unnamed()}", "kept" })
		@InvalidatesCloudFront(tags = { "#{new io.github.cftracker.expression.SameTemplateTests.Unnamed()}", "kept" })
		String identity() {
			return "";
		}

		@GetMapping("/bean/{name}")
		@CacheTags(BEAN)
		@InvalidatesCloudFront(tags = BEAN)
		String bean(@PathVariable String name) {
			return "";
		}

		@GetMapping("/result/{name}")
		@CacheTags(RESULT)
		@InvalidatesCloudFront(tags = RESULT)
		String result(@PathVariable String name) {
			return name + "!";
		}

		@GetMapping("/parameter/{result}")
		@CacheTags(RESULT)
		@InvalidatesCloudFront(tags = RESULT)
		void parameter(@PathVariable String result) {
		}

		@GetMapping("/partly-null")
		@CacheTags(PARTLY_NULL)
		@InvalidatesCloudFront(tags = PARTLY_NULL)
		String partlyNull() {
			return "";
		}

		@GetMapping("/endless")
		@CacheTags({ "#{@names.endless()}", "kept" })
		@InvalidatesCloudFront(tags = { "#{@names.endless()}", "kept" })
		String endless() {
			return "";
		}

	}

}
