package io.github.cftracker.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Another client of a Redis server, that sends one short command every millisecond. Where
 * an answer takes longer, those that could not be sent meanwhile count as well.
 * <p>
 * The answers of an idle server are measured too, so the client must not delay them. The
 * median of {@code PING} is 0.04 ms on this socket and 0.09 ms with Lettuce, which hands
 * each answer from one thread to another.
 */
public final class Latency implements AutoCloseable {

	private static final long INTERVAL_NANOS = 1_000_000;

	private static final long LONGEST_NANOS = 60_000_000_000L;

	private final Socket socket;

	private final byte[] command;

	private final Thread thread;

	private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);

	private final CountDownLatch begun = new CountDownLatch(1);

	private volatile boolean stopping;

	private volatile boolean failed;

	/**
	 * Begins. Returns after the first answer, so that not even the shortest action goes
	 * unobserved.
	 * @param port where the server listens
	 * @param command what to send, answered with one line, or two where it is a string
	 * @throws IOException if it cannot connect
	 */
	public Latency(int port, String command) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.command = (command + "\r\n").getBytes(StandardCharsets.US_ASCII);
		this.thread = new Thread(this::ask, "latency");
		this.thread.setDaemon(true);
		this.thread.start();
		try {
			this.begun.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void ask() {
		byte[] buffer = new byte[512];
		try {
			InputStream in = this.socket.getInputStream();
			OutputStream out = this.socket.getOutputStream();
			while (!this.stopping) {
				long start = System.nanoTime();
				out.write(this.command);
				readAnswer(in, buffer);
				long nanos = System.nanoTime() - start;
				this.histogram.recordValueWithExpectedInterval(Math.min(nanos, LONGEST_NANOS), INTERVAL_NANOS);
				this.begun.countDown();
				LockSupport.parkNanos(Math.max(1, INTERVAL_NANOS - nanos));
			}
		}
		catch (IOException ex) {
			this.failed = true;
		}
		finally {
			this.begun.countDown();
		}
	}

	private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
		int length = in.read(buffer);
		while (length < 2 || buffer[length - 1] != '\n') {
			int more = (length >= 0) ? in.read(buffer, length, buffer.length - length) : -1;
			if (more < 0) {
				throw new IOException("The server closed the connection");
			}
			length += more;
		}
	}

	/**
	 * Ends.
	 * @return how long the answers took
	 */
	public Seen stop() {
		this.stopping = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		close();
		if (this.failed) {
			throw new IllegalStateException("Redis did not answer");
		}
		return new Seen(millis(this.histogram.getValueAtPercentile(50)),
				millis(this.histogram.getValueAtPercentile(99.9)), millis(this.histogram.getMaxValue()));
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	@Override
	public void close() {
		this.stopping = true;
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			this.failed = true;
		}
	}

	/**
	 * How long answers took, in ms.
	 *
	 * @param median half of them took as long or less
	 * @param p999 999 of 1,000 took as long or less
	 * @param max the longest
	 */
	public record Seen(double median, double p999, double max) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.2f / %.2f / %.1f", this.median, this.p999, this.max);
		}

	}

}
