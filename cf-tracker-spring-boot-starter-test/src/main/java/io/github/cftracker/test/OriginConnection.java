package io.github.cftracker.test;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the origin. An HTTP client would change or refuse request targets that
 * CloudFront passes on.
 */
final class OriginConnection implements AutoCloseable {

	private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private final OriginAddress address;

	private final Duration timeout;

	private final Socket socket;

	private final MessageInput in;

	private final OutputStream out;

	private final ScheduledExecutorService timer;

	private boolean answering;

	private boolean reusable;

	/**
	 * Talks over the stream, which may be encrypted, but closes the socket below it:
	 * closing encrypted streams waits for the other side.
	 */
	OriginConnection(OriginAddress address, Duration timeout, Socket socket, Socket stream,
			ScheduledExecutorService timer) throws IOException {
		this.address = address;
		this.timer = timer;
		this.timeout = timeout;
		this.socket = socket;
		this.in = new MessageInput(stream.getInputStream());
		this.out = new BufferedOutputStream(stream.getOutputStream(), 16_384);
	}

	OriginAddress address() {
		return this.address;
	}

	/**
	 * Whether a part of the last answer has come in.
	 */
	boolean isAnswering() {
		return this.answering;
	}

	boolean isReusable() {
		return this.reusable;
	}

	OriginResponse exchange(ViewerRequest request) throws IOException {
		this.answering = false;
		this.reusable = false;
		send(request);
		StatusLine status = status();
		Map<String, List<String>> headers = HeaderReader.RESPONSE.read(this.in);
		while (status.isInterim()) {
			status = status();
			headers = HeaderReader.RESPONSE.read(this.in);
		}
		Framing framing = Framing.ofResponse(request.method(), status.code(), headers);
		byte[] body = framing.read(this.in);
		this.reusable = (framing.chunked() || framing.length() >= 0) && status.isHttp11()
				&& !HeaderReader.lists(headers, "Connection", "close") && !this.in.hasMore();
		return new OriginResponse(status.code(), ForwardedHeaders.toViewer(headers, request.method(), body.length),
				body);
	}

	private StatusLine status() throws IOException {
		String line = this.in.line(StatusLine.MAX, 502);
		this.answering = true;
		return StatusLine.parse(line);
	}

	/**
	 * Reading has a timeout, writing has none: an origin that does not read a large body
	 * would hold the thread.
	 */
	private void send(ViewerRequest request) throws IOException {
		CompletableFuture<Boolean> sent = new CompletableFuture<>();
		Future<?> timeout = this.timer.schedule(() -> sent.complete(false), this.timeout.toMillis(),
				TimeUnit.MILLISECONDS);
		CompletableFuture<Void> guard = sent.thenAccept((inTime) -> {
			if (!inTime) {
				close();
			}
		});
		try {
			write(request);
		}
		catch (IOException ex) {
			// Done before the guard closes the connection, and so breaks the writing
			throw sent.isDone() ? new SocketTimeoutException("The origin did not read the request") : ex;
		}
		finally {
			timeout.cancel(false);
			sent.complete(true);
			guard.join();
		}
	}

	private void write(ViewerRequest request) throws IOException {
		byte[] body = request.body();
		Map<String, List<String>> headers = ForwardedHeaders.toOrigin(request);
		if (body.length > 0 || METHODS_WITH_BODY.contains(request.method())) {
			headers.put("Content-Length", List.of(String.valueOf(body.length)));
		}
		StringBuilder head = new StringBuilder(512).append(request.method())
			.append(' ')
			.append(request.target())
			.append(" HTTP/1.1\r\nHost: ")
			.append(this.address.authority())
			.append("\r\n");
		headers.forEach((name, values) -> values
			.forEach((value) -> head.append(name).append(": ").append(value).append("\r\n")));
		this.out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		this.out.write(body);
		this.out.flush();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// Given up anyway
		}
	}

}
