package io.github.cftracker.web;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.RunEvent;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that {@link WarRedeploymentTests} loads with a separate class loader.
 */
@EnableAutoConfiguration
@RestController
public class RedeployedWar extends SpringBootServletInitializer {

	private final CloudFrontInvalidator invalidator;

	/**
	 * Create the initializer, which is not the bean.
	 */
	public RedeployedWar() {
		this(null);
	}

	@Autowired
	RedeployedWar(CloudFrontInvalidator invalidator) {
		this.invalidator = invalidator;
	}

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(RedeployedWar.class);
	}

	@GetMapping("/page")
	String page() {
		return "a page";
	}

	@PostMapping("/invalidate")
	Run.State invalidate() {
		return this.invalidator.invalidateAll().completion().join().state();
	}

	@EventListener
	void completed(RunEvent.Completed event) {
	}

}
