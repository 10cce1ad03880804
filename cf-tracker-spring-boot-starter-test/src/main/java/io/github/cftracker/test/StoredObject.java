package io.github.cftracker.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * An answer in the cache. Millions of them have to fit in a heap, so the headers are one
 * array and the times are numbers.
 */
final class StoredObject {

	private static final byte[] EMPTY = new byte[0];

	private final String target;

	private final byte[] headers;

	private final byte[] body;

	private final CacheTags tags;

	private final long storedAt;

	private final long expiresAt;

	private final short status;

	private final boolean head;

	private final boolean revalidates;

	/**
	 * Of an answer to GET, HEAD or OPTIONS.
	 */
	StoredObject(String target, String method, OriginResponse response, Instant now, Duration ttl, CacheTags tags) {
		this.target = target;
		this.headers = encode(response.headers());
		this.body = (response.body().length > 0) ? response.body() : EMPTY;
		this.tags = tags;
		this.storedAt = nanos(now.getEpochSecond(), now.getNano());
		long lifetime = nanos(ttl.getSeconds(), ttl.getNano());
		this.expiresAt = (lifetime < Long.MAX_VALUE - this.storedAt) ? this.storedAt + lifetime : Long.MAX_VALUE;
		this.status = (short) response.status();
		this.head = method.equals("HEAD");
		this.revalidates = Revalidation.isPossible(method, response);
	}

	private static byte[] encode(Map<String, List<String>> headers) {
		StringBuilder lines = new StringBuilder(256);
		headers.forEach(
				(name, values) -> values.forEach((value) -> lines.append(name).append(':').append(value).append('\n')));
		return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	String target() {
		return this.target;
	}

	/**
	 * An answer to a GET also answers HEAD, but not the other way round.
	 */
	boolean answers(String method) {
		return !this.head || method.equals("HEAD");
	}

	/**
	 * Whether the origin can be asked whether it is still current.
	 */
	boolean revalidates() {
		return this.revalidates;
	}

	/**
	 * Whether it has no body, as an answer to HEAD.
	 */
	boolean isHead() {
		return this.head;
	}

	boolean isExpired(Instant now) {
		return nanos(now.getEpochSecond(), now.getNano()) >= this.expiresAt;
	}

	Instant storedAt() {
		return Instant.ofEpochSecond(0, this.storedAt);
	}

	OriginResponse response() {
		return new OriginResponse(this.status, headers(), this.body);
	}

	/**
	 * What invalidations find it by, as long as the distribution has the cache tag
	 * header.
	 */
	List<String> tags(@Nullable String header) {
		return this.tags.under(header);
	}

	CachedObject describe(@Nullable String tagHeader) {
		return new CachedObject(this.target, this.status, headers(), storedAt(), tags(tagHeader));
	}

	private Map<String, List<String>> headers() {
		Map<String, List<String>> decoded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		new String(this.headers, StandardCharsets.ISO_8859_1).lines().forEach((line) -> {
			int colon = line.indexOf(':');
			decoded.computeIfAbsent(line.substring(0, colon), (name) -> new ArrayList<>(1))
				.add(line.substring(colon + 1));
		});
		return decoded;
	}

	private static long nanos(long seconds, int nanos) {
		try {
			return Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos);
		}
		catch (ArithmeticException ex) {
			return (seconds > 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
		}
	}

}
