package com.example.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Requests pages below an address.
 */
final class Browser {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final String OPERATOR = "Basic "
			+ Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));

	private final String address;

	Browser(String address) {
		this.address = address;
	}

	HttpResponse<String> get(String path) {
		return send(request(path));
	}

	HttpResponse<String> getAsOperator(String path) {
		return send(request(path).header("Authorization", OPERATOR));
	}

	HttpResponse<String> postAsOperator(String path) {
		return send(request(path).header("Authorization", OPERATOR).POST(BodyPublishers.noBody()));
	}

	HttpResponse<String> putAsOperator(String path, String json) {
		return send(request(path).header("Authorization", OPERATOR)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.address + path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
