package io.github.cftracker.test;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that rewrites the path of a request at the edge.
 *
 * @param name the name in its ARN
 * @param rewriting what it does with a path
 * @param pathHeader the request header that gets the path as it was, if any
 */
record EdgeFunction(String name, UnaryOperator<String> rewriting, @Nullable String pathHeader) {

	private static final Logger logger = LoggerFactory.getLogger(EdgeFunction.class);

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	EdgeFunction {
		Objects.requireNonNull(rewriting, "path");
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"Invalid function name '%s', use 1 to 64 letters, digits, '-' and '_'".formatted(name));
		}
		if (pathHeader != null && !HeaderReader.isToken(pathHeader)) {
			throw new IllegalArgumentException(
					"Invalid path header '%s', use the name of a header, for example 'X-Viewer-Path'"
						.formatted(pathHeader));
		}
	}

	/**
	 * Return the path that the function makes of this one. The asterisk of OPTIONS is not
	 * a path and stays as it is.
	 * @throws FailedException if the function throws, or returns what cannot be a path
	 */
	static String rewrite(@Nullable EdgeFunction function, String path) {
		return (function != null && path.startsWith("/")) ? function.rewrite(path) : path;
	}

	private String rewrite(String path) {
		String rewritten;
		try {
			rewritten = this.rewriting.apply(path);
		}
		catch (RuntimeException ex) {
			logger.warn("The function '{}' failed for '{}'", this.name, path, ex);
			throw new FailedException(503, "The function '%s' failed: %s".formatted(this.name, ex));
		}
		if (!isPath(rewritten)) {
			logger.warn("The function '{}' returned '{}' for '{}', which cannot be a path", this.name, rewritten, path);
			throw new FailedException(502,
					"The function '%s' returned '%s', which cannot be a path".formatted(this.name, rewritten));
		}
		return rewritten;
	}

	private static boolean isPath(@Nullable String path) {
		return path != null && path.startsWith("/")
				&& path.chars().allMatch((c) -> c > ' ' && c <= 0xff && c != 0x7f && c != '?');
	}

	/**
	 * The headers that the function adds to a request for this path.
	 */
	static Map<String, String> headers(@Nullable EdgeFunction function, String path) {
		String header = (function != null) ? function.pathHeader : null;
		return (header != null && path.startsWith("/")) ? Map.of(header, path) : Map.of();
	}

	/**
	 * A function did not answer as it should: what the viewer gets instead.
	 */
	static final class FailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int status;

		FailedException(int status, String message) {
			super(message);
			this.status = status;
		}

		OriginResponse response() {
			return OriginResponse.text(this.status, String.valueOf(getMessage()));
		}

	}

}
