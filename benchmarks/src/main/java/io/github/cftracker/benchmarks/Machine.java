package io.github.cftracker.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/**
 * The shape of the machine, without which no figure says anything.
 */
final class Machine {

	private Machine() {
	}

	static String describe() {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return "%s x %s, %d GB, %s %s, %s %s".formatted(system.getAvailableProcessors(), processor(),
				Math.round(system.getTotalMemorySize() / 1e9), system.getName(), system.getVersion(),
				System.getProperty("java.vm.name"), System.getProperty("java.version"));
	}

	private static String processor() {
		Path info = Path.of("/proc/cpuinfo");
		try {
			return Files.isReadable(info) ? Files.readAllLines(info)
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.findFirst()
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.orElse(System.getProperty("os.arch")) : System.getProperty("os.arch");
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

}
