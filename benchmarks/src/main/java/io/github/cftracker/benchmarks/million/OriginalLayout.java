package io.github.cftracker.benchmarks.million;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.RedisProcess;
import io.github.cftracker.benchmarks.measure.RedisProbe;

/**
 * How the npm tool before this one keeps paths: a key for each, that expires.
 */
final class OriginalLayout {

	private static final int CHUNK = 1000;

	private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);

	private OriginalLayout() {
	}

	static void track(RedisProcess redis, int count) throws IOException {
		Random random = new Random(42);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
			OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (int start = 0; start < count; start += CHUNK) {
				int end = Math.min(start + CHUNK, count);
				for (int i = start; i < end; i++) {
					out.write("SET %s 1 EX %d\r\n"
						.formatted(PathSamples.path(i), TrackedPaths.lifetime(random).toSeconds())
						.getBytes(StandardCharsets.US_ASCII));
				}
				out.flush();
				in.readNBytes(OK.length * (end - start));
			}
		}
	}

	/**
	 * Has Redis name all keys, and throws the answer away.
	 */
	static void keys(RedisProcess redis) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
			socket.getOutputStream().write("KEYS *\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			byte[] buffer = new byte[1 << 16];
			int length = in.read(buffer);
			while (length > 0 && !endsWithPong(buffer, length)) {
				length = in.read(buffer);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean endsWithPong(byte[] buffer, int length) {
		return length >= 4 && buffer[length - 4] == 'N' && buffer[length - 3] == 'G' && buffer[length - 1] == '\n';
	}

	static void flush(RedisProbe redis) {
		redis.commands().flushdb();
	}

}
