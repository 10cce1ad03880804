package io.github.cftracker.chaos;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Viewers who make up query strings, over connections that they keep.
 */
final class Strangers {

	private static final int VIEWERS = 8;

	private final URI edge;

	Strangers(URI edge) {
		this.edge = edge;
	}

	/**
	 * Asks for a number of targets.
	 * @param count how many
	 * @param target the target of the n-th request
	 * @return how many answers had the status 200
	 */
	long ask(long count, LongFunction<String> target) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(VIEWERS);
		try {
			List<Future<Long>> viewers = new ArrayList<>();
			for (int i = 0; i < VIEWERS; i++) {
				long first = i;
				viewers.add(executor.submit(() -> ask(first, count, target)));
			}
			long answered = 0;
			for (Future<Long> viewer : viewers) {
				answered += viewer.get();
			}
			return answered;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private long ask(long first, long count, LongFunction<String> target) throws IOException {
		long answered = 0;
		try (Socket socket = new Socket(this.edge.getHost(), this.edge.getPort())) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(60_000);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (long i = first; i < count; i += VIEWERS) {
				String request = "GET " + target.apply(i) + " HTTP/1.1\r\nHost: shop\r\n\r\n";
				socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
				answered += read(in) ? 1 : 0;
			}
		}
		return answered;
	}

	private static boolean read(InputStream in) throws IOException {
		boolean ok = line(in).contains(" 200");
		int length = 0;
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			if (line.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
				length = Integer.parseInt(line.substring(16).strip());
			}
		}
		return in.readNBytes(length).length == length && ok;
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c == -1) {
				throw new IOException("The edge has ended the connection");
			}
			line.write(c);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

}
