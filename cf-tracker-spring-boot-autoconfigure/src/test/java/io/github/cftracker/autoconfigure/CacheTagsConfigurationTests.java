package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.cftracker.CacheTags;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.web.CacheTagsProcessor;
import io.github.cftracker.web.TrackingFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of the cache tags is there in which application.
 */
@ExtendWith(OutputCaptureExtension.class)
class CacheTagsConfigurationTests {

	private static final String[] MEMORY = { "cf.tracker.store=memory", "cf.tracker.distribution-id=E123",
			"cf.tracker.distribution.mirror=false" };

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues(MEMORY);

	private final WebApplicationContextRunner mvcContextRunner = this.webContextRunner.withConfiguration(
			AutoConfigurations.of(DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.servlet", "org.springframework.aop" })
	void tracksWithoutOptionalLibraries(String hidden) {
		this.webContextRunner.withClassLoader(new FilteredClassLoader(hidden))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(UrlTracker.class)
				.getBean(FilterRegistrationBean.class)
				.satisfies((registration) -> assertThat(registration.getFilter()).isInstanceOf(TrackingFilter.class)));
	}

	@Test
	void needsSpringMvc() {
		this.webContextRunner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).doesNotHaveBean(CacheTagsProcessor.class));
	}

	@Test
	void nothingIsThereWithoutAWebServerOrTracking() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues(MEMORY)
			.run((context) -> assertThat(context).doesNotHaveBean(CacheTagsProcessor.class));
		this.mvcContextRunner.withPropertyValues("cf.tracker.tracking.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CacheTagsProcessor.class)
				.doesNotHaveBean(MappedInterceptor.class));
	}

	@Test
	void disturbsNeitherTheOrderOfBeansNorSpringMvc(CapturedOutput output) {
		this.mvcContextRunner.withUserConfiguration(Pages.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(CacheTagsProcessor.class);
			assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
			RequestMappingHandlerAdapter adapter = context.getBean(RequestMappingHandlerAdapter.class);
			assertThat(adapter.getReturnValueHandlers()).hasSizeGreaterThan(10);
			assertThat(adapter.getArgumentResolvers()).hasSizeGreaterThan(20);
			assertThat(context.getBean(Pages.class).getClass()).isEqualTo(Pages.class);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { MalformedPages.class, MisspelledPages.class })
	void templateThatCannotWorkStopsTheStart(Class<?> pages) {
		this.mvcContextRunner.withUserConfiguration(pages).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidAnnotationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription())
				.startsWith("@CacheTags on " + pages.getName() + ".page() has the invalid value 'product:#{#");
			assertThat(analysis.getAction()).startsWith("Fix the template.");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { ModelPages.class, AttributePages.class, ViewPages.class, BindingPages.class,
			SessionPages.class })
	void variableThatMayBeAttributeDoesNotStopTheStart(Class<?> pages) {
		this.mvcContextRunner.withUserConfiguration(pages).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void variableThatMayBeAttributeOfAdviceDoesNotStopTheStart() {
		this.mvcContextRunner.withUserConfiguration(MisspelledPages.class, Advice.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void servesPageOfLaterMappingWithMalformedTemplate(CapturedOutput output) {
		this.mvcContextRunner.run((context) -> {
			RequestMappingHandlerMapping mapping = context.getBean(RequestMappingHandlerMapping.class);
			mapping.registerMapping(
					RequestMappingInfo.paths("/later").options(mapping.getBuilderConfiguration()).build(),
					new MalformedPages(), MalformedPages.class.getDeclaredMethod("page"));
			assertThat(MockMvcBuilders.webAppContextSetup(context)
				.build()
				.perform(MockMvcRequestBuilders.get("/later"))
				.andReturn()
				.getResponse()
				.getContentAsString()).isEqualTo("page");
			assertThat(output).contains("WARN").contains("MalformedPages.page() has the invalid value");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void aBlankHeaderIsNone(String header) {
		this.webContextRunner.withPropertyValues("cf.tracker.tags.header=" + header).run((context) -> {
			assertThat(areNative(context)).isFalse();
			assertThat(context.getBean(CfTrackerProperties.class).getTags().name()).isNull();
		});
	}

	@Test
	void bindsTheProperties() {
		this.webContextRunner.withPropertyValues("cf.tracker.tags.header=Cache-Tag", "cf.tracker.tags.max-entries=5")
			.run((context) -> {
				assertThat(areNative(context)).isTrue();
				assertThat(context.getBean(CfTrackerProperties.class).getTags().getMaxEntries()).isEqualTo(5);
			});
		this.webContextRunner
			.run((context) -> assertThat(context.getBean(CfTrackerProperties.class).getTags().getMaxEntries())
				.isEqualTo(1_000_000));
	}

	@Test
	void tagsAreNotNativeWhereTheDistributionReadsAnotherHeader() {
		try (LocalCloudFront cloudFront = LocalCloudFront.start()) {
			cloudFront.distribution((distribution) -> distribution.cacheTagHeader("X-Tags"));
			this.webContextRunner
				.withPropertyValues("cf.tracker.tags.header=Cache-Tag", "cf.tracker.distribution.mirror=true",
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> {
					Awaitility.await().until(() -> !areNative(context));
					Awaitility.await()
						.untilAsserted(
								() -> assertThat(context.getBean(DistributionDoctor.class).findings()).singleElement()
									.satisfies((finding) -> assertThat(finding.problem()).contains("from 'X-Tags'")));
				});
		}
	}

	private static boolean areNative(ApplicationContext context) {
		InvalidationPlan plan = context.getBean(CloudFrontInvalidator.class).plan(InvalidationRequest.ofTags("a"));
		return plan.plan().equals(List.of("#a"));
	}

	@RestController
	static final class Pages {

		@GetMapping("/page")
		@CacheTags("page")
		String page() {
			return "page";
		}

	}

	@RestController
	static final class MalformedPages {

		@GetMapping("/page")
		@CacheTags("product:#{#id")
		String page() {
			return "page";
		}

	}

	@RestController
	static final class MisspelledPages {

		@GetMapping("/page/{id}")
		@CacheTags("product:#{#ident}")
		String page(@PathVariable long id, @RequestParam Map<String, String> others) {
			return "page";
		}

	}

	@RestController
	static final class ModelPages {

		@GetMapping("/page")
		@CacheTags("product:#{#id}")
		String page(Model model) {
			return "page";
		}

	}

	@RestController
	static final class AttributePages {

		@ModelAttribute("id")
		long id() {
			return 7;
		}

		@GetMapping("/page")
		@CacheTags("product:#{#id}")
		String page() {
			return "page";
		}

	}

	@Controller
	static final class ViewPages {

		@GetMapping("/page")
		@CacheTags("product:#{#id}")
		ModelAndView page() {
			return new ModelAndView("page", Map.of("id", 7));
		}

	}

	@RestController
	static final class BindingPages {

		@GetMapping("/page")
		@CacheTags("product:#{#pages.id}")
		String page(Pages pages) {
			return "page";
		}

	}

	@RestController
	@SessionAttributes("id")
	static final class SessionPages {

		@GetMapping("/page")
		@CacheTags("product:#{#id}")
		String page() {
			return "page";
		}

	}

	@ControllerAdvice
	static final class Advice {

		@ModelAttribute("ident")
		long ident() {
			return 7;
		}

	}

}
