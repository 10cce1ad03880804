package io.github.cftracker.test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where the body of a message ends (RFC 9112, 6.3). The length is -1 where no header
 * tells it.
 */
record Framing(boolean chunked, int length) {

	static final Framing NO_BODY = new Framing(false, 0);

	static Framing ofRequest(Map<String, List<String>> headers) throws BadMessageException {
		if (headers.containsKey("Transfer-Encoding") && headers.containsKey("Content-Length")) {
			throw new BadMessageException(400, "Transfer-Encoding and Content-Length must not be combined");
		}
		Framing framing = of(headers);
		return (framing.chunked() || framing.length() >= 0) ? framing : NO_BODY;
	}

	static Framing ofResponse(String method, int status, Map<String, List<String>> headers) throws BadMessageException {
		return (method.equals("HEAD") || !allowsBody(status)) ? NO_BODY : of(headers);
	}

	static boolean allowsBody(int status) {
		return status >= 200 && status != 204 && status != 304;
	}

	private static Framing of(Map<String, List<String>> headers) throws BadMessageException {
		List<String> codings = headers.get("Transfer-Encoding");
		if (codings != null) {
			if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
				throw new BadMessageException(501, "Unsupported Transfer-Encoding '%s'".formatted(codings));
			}
			return new Framing(true, -1);
		}
		List<String> lengths = headers.getOrDefault("Content-Length", List.of()).stream().distinct().toList();
		if (lengths.isEmpty()) {
			return new Framing(false, -1);
		}
		if (lengths.size() > 1 || !lengths.get(0).matches("\\d{1,18}")) {
			throw new BadMessageException(400, "Invalid Content-Length '%s'".formatted(lengths));
		}
		long length = Long.parseLong(lengths.get(0));
		if (length > MessageInput.MAX_BODY) {
			throw new BadMessageException(413, "Content-Length %,d is too large".formatted(length));
		}
		return new Framing(false, (int) length);
	}

	byte[] read(MessageInput in) throws IOException {
		if (this.chunked) {
			return in.chunks();
		}
		return (this.length >= 0) ? in.bytes(this.length) : in.untilEnd();
	}

}
