package io.github.cftracker.web;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.recording.PathRecorder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose requests are tracked, as the properties say.
 */
@Tag("full")
class SourceTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.store=memory",
				"cf.tracker.distribution.mirror=false", "cf.tracker.tracking.flush-interval=1h");

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			any,           -,               -,                                      true
			cloudfront,    -,               -,                                      false
			cloudfront,    X-Amz-Cf-Id,     abc==,                                  true
			cloudfront,    Via,             2.0 abc.cloudfront.net (CloudFront),    true
			cloudfront,    Via,             1.1 proxy,                              false
			cloudfront,    User-Agent,      Amazon CloudFront,                      true
			cloudfront,    User-Agent,      curl,                                   false
			secret-header, -,               -,                                      false
			secret-header, X-Origin-Secret, old-secret,                             true
			secret-header, x-origin-secret, new-secret,                             true
			secret-header, X-Origin-Secret, old-secre,                              false
			secret-header, X-Origin-Secret, 'old-secret,new-secret',                false
			secret-header, X-Other,         old-secret,                             false
			secret-header, X-Amz-Cf-Id,     abc==,                                  false
			""")
	void tracksWhoComesFromWhereTheyShould(String source, String header, String value, boolean tracked) {
		WebApplicationContextRunner runner = "secret-header".equals(source)
				? this.contextRunner.withPropertyValues("cf.tracker.tracking.secret-header.name=X-Origin-Secret",
						"cf.tracker.tracking.secret-header.values=old-secret,new-secret")
				: this.contextRunner;
		runner.withPropertyValues("cf.tracker.tracking.source=" + source).run((context) -> {
			context.getBean(UrlTracker.class).track("/404");
			MockHttpServletRequest request = new MockHttpServletRequest("GET", "/page");
			MockHttpServletRequest missing = new MockHttpServletRequest("GET", "/404");
			if (header != null) {
				request.addHeader(header, value);
				missing.addHeader(header, value);
			}
			FilterRegistrationBean<?> filter = context.getBean("cfTrackerTrackingFilter", FilterRegistrationBean.class);
			filter.getFilter().doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
			MockHttpServletResponse notFound = new MockHttpServletResponse();
			notFound.setStatus(404);
			filter.getFilter().doFilter(missing, notFound, new MockFilterChain());
			context.getBean(PathRecorder.class).flush();
			assertThat(context.getBean(UrlStore.class).scan("/", 10)).extracting(TrackedPath::path)
				.containsExactly(tracked ? "/page" : "/404");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
