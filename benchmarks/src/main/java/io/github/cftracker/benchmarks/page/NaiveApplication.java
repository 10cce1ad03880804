package io.github.cftracker.benchmarks.page;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The same application with the few lines that one would write oneself.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PageController.class, WorkPage.class, NaiveFilter.class })
public class NaiveApplication {

	/**
	 * Starts it.
	 * @param args its properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(NaiveApplication.class, args);
	}

}
