package io.github.cftracker.web;

import java.nio.file.Path;
import java.util.List;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.web.AnsweringFilters.AnsweringFilter;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.support.WebApplicationContextUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that is deployed to a Tomcat with a filter in its {@code web.xml}.
 */
class WarDeploymentTests {

	// Spring Boot does not scan for servlet components in a WAR
	private static final List<String> PATHS = List.of("/cached", "/declared", "/initialized", "/maintenance",
			"/slash/");

	@Test
	void tracksWhatOtherFiltersAnswer(@TempDir Path directory) throws Exception {
		AnsweringFilters.content = "a page";
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(directory.toString());
		tomcat.setPort(0);
		Context war = tomcat.addContext("", directory.toString());
		declareFilter(war);
		war.addServletContainerInitializer((types, servletContext) -> new War().onStartup(servletContext), null);
		try {
			tomcat.start();
			for (String path : PATHS) {
				RawClient.send(tomcat.getConnector().getLocalPort(), "GET", path);
			}
			ApplicationContext context = WebApplicationContextUtils
				.getRequiredWebApplicationContext(war.getServletContext());
			UrlStore store = context.getBean(UrlStore.class);
			await().untilAsserted(() -> assertThat(store.scan("/", 100)).extracting(TrackedPath::path)
				.containsExactlyInAnyOrderElementsOf(PATHS));
			assertThat(context.getBean(DistributionDoctor.class).findings()).isEmpty();
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	private static void declareFilter(Context war) {
		FilterDef filter = new FilterDef();
		filter.setFilterName("declared");
		filter.setFilter(new AnsweringFilter("/declared"));
		filter.setAsyncSupported("true");
		war.addFilterDef(filter);
		FilterMap mapping = new FilterMap();
		mapping.setFilterName("declared");
		mapping.addURLPattern("/*");
		war.addFilterMap(mapping);
	}

	static class War extends SpringBootServletInitializer {

		@Override
		protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
			return builder.sources(Application.class)
				.properties("spring.main.banner-mode=off", "cf.tracker.store=memory", "cf.tracker.distribution-id=E123",
						"cf.tracker.distribution.mirror=false", "cf.tracker.tracking.flush-interval=1ms");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ AnsweringFilters.class, AnsweringFilters.Pages.class })
	static class Application {

	}

}
