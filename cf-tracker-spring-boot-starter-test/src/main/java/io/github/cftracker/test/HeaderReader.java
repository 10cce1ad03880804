package io.github.cftracker.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the headers of a message, names as they were written. Strict where leniency would
 * let two parties see two different messages.
 */
final class HeaderReader {

	static final HeaderReader REQUEST = new HeaderReader(65_536, 100);

	static final HeaderReader RESPONSE = new HeaderReader(1_048_576, 1_000);

	private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

	private final int maxBytes;

	private final int maxLines;

	private HeaderReader(int maxBytes, int maxLines) {
		this.maxBytes = maxBytes;
		this.maxLines = maxLines;
	}

	Map<String, List<String>> read(MessageInput in) throws IOException {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		int left = this.maxBytes;
		int lines = 0;
		for (String line = in.line(left, 431); !line.isEmpty(); line = in.line(left, 431)) {
			left = Math.max(0, left - line.length() - 2);
			if (++lines > this.maxLines) {
				throw new BadMessageException(431, "More than %,d headers".formatted(this.maxLines));
			}
			int colon = line.indexOf(':');
			if (colon < 0 || !isToken(line.substring(0, colon))) {
				throw new BadMessageException(400, "Invalid header line '%s'".formatted(line));
			}
			if (hasControlCharacter(line)) {
				throw new BadMessageException(400, "A header contains a control character");
			}
			headers.computeIfAbsent(line.substring(0, colon), (name) -> new ArrayList<>(1))
				.add(line.substring(colon + 1).strip());
		}
		return headers;
	}

	/**
	 * RFC 9110, 5.6.2: what a method or a header name may consist of.
	 */
	static boolean isToken(String text) {
		return !text.isEmpty() && text.chars()
			.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| TOKEN_MARKS.indexOf(c) >= 0);
	}

	static boolean hasControlCharacter(String text) {
		return text.chars().anyMatch((c) -> (c < ' ' && c != '\t') || c == 0x7f);
	}

	/**
	 * Whether a header that is a list, such as Connection, has the entry.
	 */
	static boolean lists(Map<String, List<String>> headers, String name, String entry) {
		for (String value : headers.getOrDefault(name, List.of())) {
			for (String part : value.split(",", -1)) {
				if (part.strip().equalsIgnoreCase(entry)) {
					return true;
				}
			}
		}
		return false;
	}

}
