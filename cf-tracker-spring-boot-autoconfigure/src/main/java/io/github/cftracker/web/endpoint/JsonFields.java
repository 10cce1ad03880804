package io.github.cftracker.web.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The fields of one flat JSON object, whose values are scalars or arrays of scalars.
 */
final class JsonFields {

	private JsonFields() {
	}

	/**
	 * Read an object.
	 * @param json the text
	 * @return scalars, collections of scalars, or {@code null}, by name
	 * @throws RefusedRequestException if the text is anything else
	 */
	static Map<String, @Nullable Object> read(String json) {
		if (!json.strip().startsWith("{")) {
			throw RefusedRequestException.badRequest(
					"The body is not a JSON object: send for example '{\"paths\":\"/a /b/*\"}', or no body to invalidate everything");
		}
		Map<String, @Nullable Object> fields = new LinkedHashMap<>(parse(json));
		fields.forEach(JsonFields::check);
		return fields;
	}

	private static Map<String, @Nullable Object> parse(String json) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(json);
		}
		catch (JsonParseException ex) {
			throw RefusedRequestException.badRequest("The body is not valid JSON");
		}
	}

	private static void check(String name, @Nullable Object value) {
		boolean nested = value instanceof Map
				|| (value instanceof Collection<?> values && !values.stream().allMatch(JsonFields::isScalar));
		if (nested) {
			throw RefusedRequestException.badRequest(name,
					"'%s' must be text such as \"/a /b\", or an array of texts such as [\"/a\",\"/b\"]"
						.formatted(name));
		}
	}

	private static boolean isScalar(@Nullable Object value) {
		return value != null && !(value instanceof Map) && !(value instanceof Collection);
	}

}
