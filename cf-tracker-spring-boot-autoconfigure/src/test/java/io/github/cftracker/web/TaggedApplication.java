package io.github.cftracker.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.web.RawClient.Response;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.AbstractView;

import static org.awaitility.Awaitility.await;

/**
 * An application with the starter and {@link TaggedPages}.
 */
final class TaggedApplication implements AutoCloseable {

	private final ServletWebServerApplicationContext context;

	private TaggedApplication(ServletWebServerApplicationContext context) {
		this.context = context;
	}

	static TaggedApplication start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 5);
		System.arraycopy(
				new String[] { "--server.port=0", "--spring.main.banner-mode=off", "--cf.tracker.store=memory",
						"--cf.tracker.distribution-id=E123", "--cf.tracker.distribution.mirror=false" },
				0, all, properties.length, 5);
		return new TaggedApplication(
				(ServletWebServerApplicationContext) new SpringApplicationBuilder(Config.class, TaggedPages.class)
					.web(WebApplicationType.SERVLET)
					.run(all));
	}

	Response get(String target, String... headers) throws IOException {
		return send("GET", target, headers);
	}

	Response send(String method, String target, String... headers) throws IOException {
		return RawClient.send(this.context.getWebServer().getPort(), method, target, headers);
	}

	/**
	 * The tags of a header, in its order.
	 */
	static List<String> header(Response response) {
		return response.text()
			.substring(0, response.text().indexOf("\r\n\r\n"))
			.lines()
			.filter((line) -> line.startsWith("Cache-Tag: "))
			.flatMap((line) -> Arrays.stream(line.substring(11).split(",", -1)))
			.toList();
	}

	CapturingStore store() {
		return this.context.getBean(CapturingStore.class);
	}

	void flush() {
		this.context.getBean(PathRecorder.class).flush();
	}

	/**
	 * Waits until a path is tracked.
	 */
	PathLifetime tracked(String path) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !store().tracked(path).isEmpty());
		return store().tracked(path).get(0);
	}

	Set<String> tags(String path) {
		return tracked(path).tags();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(CapturingStore.class)
	static class Config {

		@Bean
		ConfigurableServletWebServerFactory webServerFactory() {
			return Server.TOMCAT.createFactory();
		}

		@Bean
		ProxiedPages proxiedPages() {
			ProxyFactory factory = new ProxyFactory(new ProxiedPages());
			factory.setProxyTargetClass(true);
			return (ProxiedPages) factory.getProxy();
		}

		@Bean
		View tagged() {
			return new AbstractView() {

				@Override
				protected void renderMergedOutputModel(Map<String, Object> model, HttpServletRequest request,
						HttpServletResponse response) throws IOException {
					response.getWriter().write("view of " + model.keySet());
					response.flushBuffer();
				}

			};
		}

	}

}
