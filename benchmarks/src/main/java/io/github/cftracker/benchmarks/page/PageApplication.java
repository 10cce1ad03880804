package io.github.cftracker.benchmarks.page;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application with one page, and with the starter where that is on the class path.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PageController.class, WorkPage.class })
public class PageApplication {

	/**
	 * Starts it.
	 * @param args its properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(PageApplication.class, args);
	}

}
