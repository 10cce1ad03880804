package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The memory that a process has now.
 */
final class ResidentMemory {

	private static final String LINE = "VmRSS:";

	private ResidentMemory() {
	}

	/**
	 * So many MB, where the system says it as Linux does.
	 */
	static OptionalDouble megabytes(long pid) throws IOException {
		Path status = Path.of("/proc", Long.toString(pid), "status");
		if (!Files.isReadable(status)) {
			return OptionalDouble.empty();
		}
		return Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith(LINE))
			.mapToDouble((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
			.findFirst();
	}

}
