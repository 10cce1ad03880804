package io.github.cftracker.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.recording.PathRecorder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application in a process of its own. A page carries the version that the content had
 * when its rendering began, and some pages take long to render, so that what they say may
 * be old when they are done.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ChaosNode {

	static final String VERSION = "X-Version";

	static final String NODE = "X-Node";

	static final String SLEPT = "X-Slept-Millis";

	private static final int SLOW_ONE_IN = 20;

	public static void main(String[] args) {
		// However the test ends, its nodes end with it
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(() -> halt()));
		SpringApplication.run(ChaosNode.class, args);
	}

	private static void halt() {
		Runtime.getRuntime().halt(1);
	}

	@Bean
	SmartInitializingSingleton flushLagWatch(ObjectProvider<PathRecorder> recorder,
			ObjectProvider<DistributionMirror> mirror) {
		// A tracker that is switched off has neither
		return () -> recorder.ifAvailable((found) -> new FlushLag(found, mirror.getObject()).watch());
	}

	@RestController
	static class Pages {

		private final Path version;

		private final String node;

		Pages(@Value("${chaos.version-file}") Path version, @Value("${chaos.node}") String node) {
			this.version = version;
			this.node = node;
		}

		@GetMapping("/p/{id}")
		ResponseEntity<String> page(@PathVariable int id) throws IOException, InterruptedException {
			String version = Files.readString(this.version);
			int millis = (id % SLOW_ONE_IN == 0) ? ThreadLocalRandom.current().nextInt(50, 1500) : 0;
			Thread.sleep(millis);
			return ResponseEntity.ok()
				.header("Cache-Control", "s-maxage=3600")
				.header(VERSION, version)
				.header(NODE, this.node)
				.header(SLEPT, Integer.toString(millis))
				.body("page " + id);
		}

		@GetMapping("/ready")
		ResponseEntity<String> ready() {
			return ResponseEntity.ok().header("Cache-Control", "no-store").body("ready");
		}

	}

}
