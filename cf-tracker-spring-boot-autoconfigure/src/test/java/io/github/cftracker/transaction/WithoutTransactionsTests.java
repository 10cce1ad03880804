package io.github.cftracker.transaction;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.testing.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that has neither spring-tx nor what needs it.
 */
@Tag("full")
class WithoutTransactionsTests {

	private static final List<String> LEFT_OUT = List.of("spring-tx", "spring-jdbc", "spring-data", "spring-boot-data",
			"spring-boot-starter-data", "spring-boot-transaction", "aspectj");

	@Test
	void worksWithoutSpringTransactions() throws Exception {
		String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> LEFT_OUT.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = ChildProcess.java(Application.class, List.of("-cp", classPath), List.of())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("transactions: false", "requested: [[saved]]");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.properties("spring.main.web-application-type=none", "cf.tracker.store=memory",
						"cf.tracker.distribution-id=E123", "cf.tracker.distribution.mirror=false")
				.run(args)) {
				context.getBean(Shop.class).save();
				System.out.println("transactions: " + ClassUtils
					.isPresent("org.springframework.transaction.support.TransactionSynchronizationManager", null));
				System.out.println("requested: " + Arrays.toString(context.getBean(RecordingInvalidator.class)
					.requested()
					.stream()
					.map((selection) -> selection.tags())
					.toArray()));
			}
		}

		@Bean
		RecordingInvalidator recordingInvalidator() {
			return new RecordingInvalidator();
		}

		@Bean
		Shop shop() {
			return new Shop();
		}

	}

	static class Shop {

		@InvalidatesCloudFront(tags = "saved")
		void save() {
		}

	}

}
