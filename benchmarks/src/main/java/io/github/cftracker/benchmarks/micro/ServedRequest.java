package io.github.cftracker.benchmarks.micro;

import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Tomcat's own request and response objects, as they are while a page is served that a
 * browser asked CloudFront for. They are used again and again, as Tomcat does.
 */
final class ServedRequest {

	private final org.apache.coyote.Request received = new org.apache.coyote.Request();

	private final Request request = new Request(new Connector(), this.received);

	private final Response response;

	ServedRequest() {
		org.apache.coyote.Response sent = new org.apache.coyote.Response();
		this.received.setResponse(sent);
		this.response = new Response(sent);
		this.request.setResponse(this.response);
		this.response.setRequest(this.request);
		this.received.setMethod("GET");
		header("Host", "origin.example.org");
		header("User-Agent", "Amazon CloudFront");
		header("X-Amz-Cf-Id", "pLfmUQQzY6PAbRBNQnGnuPYEGnxNbgMrg6sJu0a7zR8b6pRAPyR5qw==");
		header("X-Forwarded-For", "203.0.113.7");
		header("Via", "2.0 d111111abcdef8.cloudfront.net (CloudFront)");
		header("Accept-Encoding", "br,gzip");
		header("Connection", "Keep-Alive");
		sent.setStatus(200);
		sent.getMimeHeaders().setValue("Content-Type").setString("text/html;charset=UTF-8");
		sent.getMimeHeaders().setValue("Cache-Control").setString("public, max-age=3600");
		sent.getMimeHeaders().setValue("ETag").setString("\"0f3a2b\"");
	}

	private void header(String name, String value) {
		byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
		this.received.getMimeHeaders().setValue(name).setBytes(bytes, 0, bytes.length);
	}

	/**
	 * Puts in another request target, as it comes from the network.
	 */
	void target(Target target) {
		set(this.received.requestURI(), target.bytes, 0, target.question);
		set(this.received.queryString(), target.bytes, target.question + 1, target.bytes.length);
	}

	private static void set(MessageBytes part, byte[] bytes, int start, int end) {
		if (start < end) {
			part.setBytes(bytes, start, end - start);
		}
		else {
			part.recycle();
		}
	}

	Request request() {
		return this.request;
	}

	Response response() {
		return this.response;
	}

	/**
	 * A request target.
	 */
	static final class Target {

		private final byte[] bytes;

		private final int question;

		Target(String path) {
			this.bytes = path.getBytes(StandardCharsets.ISO_8859_1);
			int question = path.indexOf('?');
			this.question = (question != -1) ? question : path.length();
		}

	}

}
