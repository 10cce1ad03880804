package io.github.cftracker.web.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Strict reader of one flat JSON object, whose values are scalars or arrays of scalars.
 * <p>
 * The JSON library of the application is not used, because it depends on the web stack
 * which one there is, and how lenient it is.
 */
final class JsonFields {

	private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

	private static final String END = "the end";

	private final String json;

	private int position;

	private JsonFields(String json) {
		this.json = json;
	}

	/**
	 * Read an object.
	 * @param json the text
	 * @return the values by name: text, a list of texts, or {@code null}. Numbers and
	 * booleans are returned as they are written
	 * @throws RefusedRequestException if the text is anything else
	 */
	static Map<String, @Nullable Object> read(String json) {
		JsonFields fields = new JsonFields(json);
		if (fields.next() != '{') {
			throw RefusedRequestException.badRequest(
					"The body is not a JSON object: send for example '{\"paths\":\"/a /b/*\"}', or no body to invalidate everything");
		}
		Map<String, @Nullable Object> values = fields.object();
		if (fields.next() != 0) {
			throw fields.malformed(END);
		}
		return values;
	}

	private Map<String, @Nullable Object> object() {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		this.position++;
		if (take('}')) {
			return values;
		}
		do {
			if (next() != '"') {
				throw malformed("a name in double quotes");
			}
			String name = string();
			expect(':');
			if (values.containsKey(name)) {
				throw RefusedRequestException.badRequest(name,
						"'%s' is set twice: separate its values by white space".formatted(name));
			}
			values.put(name, value(name));
		}
		while (take(','));
		expect('}');
		return values;
	}

	private @Nullable Object value(String name) {
		return (next() == '[') ? array(name) : scalar(name);
	}

	private List<String> array(String name) {
		List<String> values = new ArrayList<>();
		this.position++;
		if (take(']')) {
			return values;
		}
		do {
			String value = (next() != '[') ? scalar(name) : null;
			if (value == null) {
				throw unsupported(name);
			}
			values.add(value);
		}
		while (take(','));
		expect(']');
		return values;
	}

	private @Nullable String scalar(String name) {
		char first = next();
		if (first == '"') {
			return string();
		}
		if (first == '{') {
			throw unsupported(name);
		}
		int start = this.position;
		while (this.position < this.json.length() && isPartOfLiteral(this.json.charAt(this.position))) {
			this.position++;
		}
		String literal = this.json.substring(start, this.position);
		if ("null".equals(literal)) {
			return null;
		}
		if ("true".equals(literal) || "false".equals(literal) || NUMBER.matcher(literal).matches()) {
			return literal;
		}
		this.position = start;
		throw malformed("a value");
	}

	private static boolean isPartOfLiteral(char c) {
		return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
	}

	private String string() {
		StringBuilder text = new StringBuilder();
		this.position++;
		while (this.position < this.json.length()) {
			char c = this.json.charAt(this.position);
			if (c < ' ') {
				throw malformed("an escape such as \\n");
			}
			this.position++;
			if (c == '"') {
				return text.toString();
			}
			text.append((c == '\\') ? escaped() : c);
		}
		throw malformed("'\"'");
	}

	private char escaped() {
		char c = (this.position < this.json.length()) ? this.json.charAt(this.position) : 0;
		this.position++;
		return switch (c) {
			case '"', '\\', '/' -> c;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> unicode();
			default -> {
				this.position--;
				throw malformed("an escape such as \\n");
			}
		};
	}

	private char unicode() {
		int end = this.position + 4;
		if (end > this.json.length()
				|| !this.json.substring(this.position, end).chars().allMatch((c) -> Character.digit(c, 16) >= 0)) {
			throw malformed("four hexadecimal digits");
		}
		int code = Integer.parseInt(this.json, this.position, end, 16);
		this.position = end;
		return (char) code;
	}

	private boolean take(char expected) {
		if (next() != expected) {
			return false;
		}
		this.position++;
		return true;
	}

	private void expect(char expected) {
		if (!take(expected)) {
			throw malformed("'" + expected + "'");
		}
	}

	/**
	 * Skip white space.
	 * @return the character that follows, 0 at the end
	 */
	private char next() {
		while (this.position < this.json.length() && " \t\r\n".indexOf(this.json.charAt(this.position)) != -1) {
			this.position++;
		}
		return (this.position < this.json.length()) ? this.json.charAt(this.position) : 0;
	}

	private RefusedRequestException malformed(String expected) {
		return RefusedRequestException.badRequest(
				"The body is not valid JSON: expected %s at character %d".formatted(expected, this.position + 1));
	}

	private static RefusedRequestException unsupported(String name) {
		return RefusedRequestException.badRequest(name,
				"'%s' must be text such as \"/a /b\", or an array of texts such as [\"/a\",\"/b\"]".formatted(name));
	}

}
