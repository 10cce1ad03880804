package io.github.cftracker.test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one connection, one after the other.
 */
final class ViewerRequestReader {

	static final int MAX_REQUEST_LINE = 16_384;

	private static final int MAX_EMPTY_LINES = 8;

	private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final MessageInput in;

	private final OutputStream out;

	private final String viewer;

	ViewerRequestReader(MessageInput in, OutputStream out, String viewer) {
		this.in = in;
		this.out = out;
		this.viewer = viewer;
	}

	/**
	 * The next request, or {@code null} where the viewer has ended the connection.
	 * @throws BadMessageException if it is malformed or exceeds a limit
	 */
	@Nullable ViewerRequest next() throws IOException {
		String line = requestLine();
		if (line == null) {
			return null;
		}
		String[] parts = line.split(" ", -1);
		if (parts.length != 3 || !HeaderReader.isToken(parts[0]) || parts[1].indexOf('\t') >= 0
				|| HeaderReader.hasControlCharacter(parts[1]) || !parts[2].matches("HTTP/\\d\\.\\d")) {
			throw new BadMessageException(400, "Invalid request line '%s'".formatted(line));
		}
		String version = parts[2];
		if (!version.startsWith("HTTP/1.")) {
			throw new BadMessageException(505, "Unsupported version %s, use HTTP/1.1".formatted(version));
		}
		String target = originForm(parts[0], parts[1]);
		Map<String, List<String>> headers = HeaderReader.REQUEST.read(this.in);
		int hosts = headers.getOrDefault("Host", List.of()).size();
		if (hosts > 1 || (hosts == 0 && !version.equals("HTTP/1.0"))) {
			throw new BadMessageException(400, "Expected one Host header but found %d".formatted(hosts));
		}
		Framing framing = Framing.ofRequest(headers);
		if (!framing.equals(Framing.NO_BODY) && !version.equals("HTTP/1.0")) {
			askForBody(headers);
		}
		return new ViewerRequest(parts[0], target, version, headers, framing.read(this.in), this.viewer);
	}

	/**
	 * RFC 9112, 2.2: empty lines before a request are ignored.
	 */
	private @Nullable String requestLine() throws IOException {
		String line = this.in.lineOrEnd(MAX_REQUEST_LINE, 414);
		for (int skipped = 0; line != null && line.isEmpty() && skipped < MAX_EMPTY_LINES; skipped++) {
			line = this.in.lineOrEnd(MAX_REQUEST_LINE, 414);
		}
		return line;
	}

	/**
	 * A viewer with a large body, curl for example, waits a second to be asked for it.
	 */
	private void askForBody(Map<String, List<String>> headers) throws IOException {
		if (HeaderReader.lists(headers, "Expect", "100-continue") && !this.in.hasMore()) {
			this.out.write(CONTINUE);
			this.out.flush();
		}
	}

	/**
	 * What is asked for as a proxy is asked: without scheme and host.
	 */
	private static String originForm(String method, String target) throws BadMessageException {
		if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
			return target;
		}
		int scheme = target.indexOf("://");
		if (!target.regionMatches(true, 0, "http", 0, 4) || (scheme != 4 && scheme != 5)) {
			throw new BadMessageException(400, "Invalid request target '%s'".formatted(target));
		}
		for (int i = scheme + 3; i < target.length(); i++) {
			if (target.charAt(i) == '/') {
				return target.substring(i);
			}
			if (target.charAt(i) == '?') {
				return "/" + target.substring(i);
			}
		}
		return "/";
	}

}
