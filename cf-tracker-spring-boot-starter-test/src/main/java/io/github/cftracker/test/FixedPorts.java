package io.github.cftracker.test;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local CloudFronts of this JVM that listen on a port which is set. Spring Boot's
 * devtools call a main method again for each restart, and nothing closes what the last
 * call has started.
 */
final class FixedPorts {

	private static final Logger logger = LoggerFactory.getLogger(LocalCloudFront.class);

	private static final Map<Integer, LocalCloudFront> OWNERS = new HashMap<>();

	private FixedPorts() {
	}

	static synchronized LocalCloudFront start(Collection<Integer> ports, Supplier<LocalCloudFront> start) {
		ports.forEach(FixedPorts::free);
		LocalCloudFront started = start.get();
		ports.forEach((port) -> OWNERS.put(port, started));
		return started;
	}

	private static void free(Integer port) {
		LocalCloudFront former = OWNERS.get(port);
		if (former != null) {
			logger.warn("Closing the local CloudFront on port {}, because this JVM starts another one there", port);
			former.close();
		}
	}

	static synchronized void closed(LocalCloudFront cloudFront) {
		OWNERS.values().removeIf((owner) -> owner == cloudFront);
	}

}
