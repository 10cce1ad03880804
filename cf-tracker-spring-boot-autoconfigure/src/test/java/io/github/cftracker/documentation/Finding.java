package io.github.cftracker.documentation;

/**
 * A word or phrase to replace.
 *
 * @param passage the text it is in
 * @param start the offset of its first character
 * @param end the offset after its last character
 * @param instead what to write instead
 */
record Finding(Passage passage, int start, int end, String instead) {

	@Override
	public String toString() {
		return "%s:%d '%s' -> %s (%s)".formatted(this.passage.file(), this.passage.line(this.start),
				this.passage.text().substring(this.start, this.end).replaceAll("\\s+", " "), this.instead,
				this.passage.excerpt(this.start, this.end));
	}

}
