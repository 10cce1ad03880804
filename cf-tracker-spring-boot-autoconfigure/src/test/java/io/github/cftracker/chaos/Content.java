package io.github.cftracker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The version of all pages, in a file that every node reads.
 */
final class Content {

	private final Path file;

	private long version;

	Content(Path directory) {
		this.file = file(directory);
		change();
	}

	static Path file(Path directory) {
		return directory.resolve("version");
	}

	synchronized long version() {
		return this.version;
	}

	synchronized void change() {
		try {
			Path next = this.file.resolveSibling("version.next");
			Files.writeString(next, Long.toString(++this.version));
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
