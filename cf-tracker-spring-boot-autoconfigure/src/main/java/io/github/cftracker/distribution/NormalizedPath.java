package io.github.cftracker.distribution;

import java.util.ArrayList;
import java.util.List;

/**
 * Path in the form that CloudFront matches with cache behaviors: percent-encoded
 * characters that need no encoding are decoded, multiple slashes are collapsed, and dot
 * segments are resolved (RFC 3986, 6.2.2). The object is still cached under the raw path.
 */
final class NormalizedPath {

	private NormalizedPath() {
	}

	static String of(String path) {
		boolean plain = path.indexOf('%') == -1 && !path.contains("//") && !path.contains("/.");
		return plain ? path : withoutDotSegments(unreservedDecoded(path));
	}

	private static String unreservedDecoded(String path) {
		StringBuilder decoded = new StringBuilder(path.length());
		for (int i = 0; i < path.length(); i++) {
			int octet = octet(path, i);
			if (octet != -1 && isUnreserved((char) octet)) {
				decoded.append((char) octet);
				i += 2;
			}
			else {
				decoded.append(path.charAt(i));
			}
		}
		return decoded.toString();
	}

	private static int octet(String path, int index) {
		if (path.charAt(index) != '%' || index + 2 >= path.length()) {
			return -1;
		}
		int high = Character.digit(path.charAt(index + 1), 16);
		int low = Character.digit(path.charAt(index + 2), 16);
		return (high != -1 && low != -1) ? 16 * high + low : -1;
	}

	private static boolean isUnreserved(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) != -1;
	}

	private static String withoutDotSegments(String path) {
		String[] segments = path.split("/", -1);
		List<String> kept = new ArrayList<>(segments.length);
		for (String segment : segments) {
			if ("..".equals(segment)) {
				if (!kept.isEmpty()) {
					kept.remove(kept.size() - 1);
				}
			}
			else if (!segment.isEmpty() && !".".equals(segment)) {
				kept.add(segment);
			}
		}
		String last = segments[segments.length - 1];
		boolean folder = last.isEmpty() || ".".equals(last) || "..".equals(last);
		return "/" + String.join("/", kept) + ((folder && !kept.isEmpty()) ? "/" : "");
	}

}
