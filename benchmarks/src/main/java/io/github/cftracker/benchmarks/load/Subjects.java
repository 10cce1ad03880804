package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Applications that run at the same time, and do nothing while another one has the load.
 */
final class Subjects implements AutoCloseable, Iterable<Subject> {

	private final List<Subject> started = new ArrayList<>();

	Subjects(List<Variant> variants, Page page, Requests requests) throws IOException {
		try {
			for (Variant variant : variants) {
				this.started.add(new Subject(variant, page, requests));
			}
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public Iterator<Subject> iterator() {
		return this.started.iterator();
	}

	/**
	 * What they have written to Redis, as a sentence.
	 * @throws IllegalStateException if one has written nothing, so that nothing was
	 * measured
	 */
	String written() {
		List<String> parts = new ArrayList<>();
		for (Subject subject : this.started) {
			if (subject.variant() != Variant.BARE) {
				long written = subject.written();
				if (written == 0) {
					throw new IllegalStateException("'%s' did not write to Redis".formatted(subject.variant()));
				}
				parts.add("%s has %,d".formatted(subject.variant(), written));
			}
		}
		return "Distinct paths in Redis at the end: " + String.join(", ", parts) + '.';
	}

	@Override
	public void close() throws IOException {
		for (Subject subject : this.started) {
			subject.close();
		}
	}

}
