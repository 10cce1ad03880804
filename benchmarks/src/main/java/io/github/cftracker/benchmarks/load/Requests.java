package io.github.cftracker.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import io.github.cftracker.benchmarks.PathSamples;

/**
 * Requests as CloudFront sends them, in an order that repeats itself.
 */
final class Requests {

	private static final String REQUEST = """
			GET %s HTTP/1.1
			Host: origin.example.org
			User-Agent: Amazon CloudFront
			X-Amz-Cf-Id: pLfmUQQzY6PAbRBNQnGnuPYEGnxNbgMrg6sJu0a7zR8b6pRAPyR5qw==
			X-Forwarded-For: 203.0.113.7
			Via: 2.0 d111111abcdef8.cloudfront.net (CloudFront)
			Accept-Encoding: br,gzip
			Connection: Keep-Alive

			""";

	private final byte[][] requests;

	private final int[] order;

	private Requests(int paths, int[] order) {
		this.requests = IntStream.range(0, paths).mapToObj(Requests::bytes).toArray(byte[][]::new);
		this.order = order;
	}

	/**
	 * Few paths are asked for often, most of them seldom.
	 */
	static Requests zipf(int paths) {
		return new Requests(paths, PathSamples.zipf(paths, 1 << 20));
	}

	/**
	 * Each path is asked for once before any is asked for again.
	 */
	static Requests inTurn(int paths) {
		return new Requests(paths, IntStream.range(0, paths).toArray());
	}

	/**
	 * A request for a path without a query string.
	 */
	static byte[] any() {
		return bytes(1);
	}

	private static byte[] bytes(int path) {
		return REQUEST.formatted(PathSamples.path(path)).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
	}

	byte[] get(long number) {
		return this.requests[this.order[(int) (number % this.order.length)]];
	}

}
