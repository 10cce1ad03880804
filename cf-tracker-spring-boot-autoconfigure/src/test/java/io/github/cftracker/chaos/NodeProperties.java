package io.github.cftracker.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.cftracker.test.LocalCloudFront;

/**
 * How a node is set up: everything that waits, waits shortly.
 */
final class NodeProperties {

	private static final String PREFIX = "cf.tracker.invalidation.";

	private static final List<String> QUICK = List.of("lease=2s", "retry-backoff.min=50ms", "retry-backoff.max=500ms",
			"busy-backoff.min=100ms", "busy-backoff.max=1s", "batch-size=200", "history=1000");

	/**
	 * Set where the metadata knows them: a version that does not know them refuses to
	 * start with them, and needs none of them.
	 */
	private static final List<String> WHERE_KNOWN = List.of("items-per-second=100000", "wildcards-per-second=1000",
			"items-in-progress=0", "wildcards-in-progress=0", "calls-per-second=1000", "fresh-window=30s");

	private NodeProperties() {
	}

	static List<String> of(LocalCloudFront cloudFront, List<String> redis) {
		List<String> properties = new ArrayList<>(redis);
		properties.addAll(List.of("cf.tracker.distribution-id=" + cloudFront.distributionId(),
				"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.access-key=" + cloudFront.accessKey(),
				"cf.tracker.secret-key=" + cloudFront.secretKey(),
				"management.endpoints.web.exposure.include=cfinvalidate,cfpaths"));
		QUICK.forEach((property) -> properties.add(PREFIX + property));
		String metadata = metadata();
		WHERE_KNOWN.stream()
			.filter((property) -> metadata.contains('"' + PREFIX + property.split("=")[0] + '"'))
			.forEach((property) -> properties.add(PREFIX + property));
		return properties;
	}

	/**
	 * The switched off tracker that all latencies are compared with.
	 */
	static List<String> switchedOff() {
		return List.of("cf.tracker.enabled=false");
	}

	private static String metadata() {
		try {
			StringBuilder metadata = new StringBuilder();
			for (URL url : Collections.list(NodeProperties.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					metadata.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
			return metadata.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
