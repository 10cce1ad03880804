package io.github.cftracker.chaos;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that answers whatever it is searched for.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StrangerNode {

	public static void main(String[] args) {
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(() -> halt()));
		SpringApplication.run(StrangerNode.class, args);
	}

	private static void halt() {
		Runtime.getRuntime().halt(1);
	}

	@RestController
	static class Pages {

		@GetMapping({ "/search", "/", "/products/{id}" })
		ResponseEntity<String> search() {
			return ResponseEntity.ok().header("Cache-Control", "s-maxage=86400").body("found");
		}

		@GetMapping("/heap")
		ResponseEntity<String> heap() {
			long peak = ManagementFactory.getMemoryPoolMXBeans()
				.stream()
				.filter((pool) -> pool.getType() == MemoryType.HEAP)
				.map(MemoryPoolMXBean::getPeakUsage)
				.mapToLong((usage) -> usage.getUsed())
				.sum();
			return ResponseEntity.ok().header("Cache-Control", "no-store").body(Long.toString(peak));
		}

	}

}
