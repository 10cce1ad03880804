package io.github.cftracker.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command line with {@code curl}, as documentation has it, without {@code curl}: as far
 * as it is used there.
 */
final class CurlCommand {

	private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

	private String method = "";

	private String url = "";

	private String body = "";

	private String suffix = "";

	private boolean headers;

	private boolean discard;

	private Pattern filter = Pattern.compile("");

	private final List<String> sent = new ArrayList<>();

	private CurlCommand() {
	}

	static CurlCommand parse(String line) {
		CurlCommand command = new CurlCommand();
		List<String> words = words(line);
		if (!words.remove(0).equals("curl")) {
			throw new IllegalArgumentException("Not curl: " + line);
		}
		while (!words.isEmpty()) {
			command.take(words.remove(0), words);
		}
		return command;
	}

	private static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(line);
		while (matcher.find()) {
			words.add((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
		}
		return words;
	}

	private void take(String word, List<String> more) {
		switch (word) {
			case "-s" -> {
			}
			case "-si", "-i" -> this.headers = true;
			case "-o" -> this.discard = more.remove(0).equals("/dev/null");
			case "-X" -> this.method = more.remove(0);
			case "-u" -> header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(more.remove(0).getBytes(StandardCharsets.UTF_8)));
			case "-H" -> {
				String[] header = more.remove(0).split(": ", 2);
				header(header[0], header[1]);
			}
			case "-d" -> this.body = more.remove(0);
			case "-w" -> this.suffix = more.remove(0);
			case "|" -> {
				if (!more.remove(0).equals("grep") || !more.remove(0).equals("-iE")) {
					throw new IllegalArgumentException("Only grep -iE is understood");
				}
				this.filter = Pattern.compile(more.remove(0), Pattern.CASE_INSENSITIVE);
			}
			default -> {
				if (word.startsWith("-") || !this.url.isEmpty()) {
					throw new IllegalArgumentException("Not understood: " + word);
				}
				this.url = word;
			}
		}
	}

	private void header(String name, String value) {
		this.sent.add(name);
		this.sent.add(value);
	}

	/**
	 * Sends the request.
	 * @param places what stands for which host and port
	 * @return what the command prints
	 */
	String run(Map<String, String> places) throws IOException, InterruptedException {
		String place = places.keySet().stream().filter(this.url::startsWith).findFirst().orElseThrow();
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(places.get(place) + this.url.substring(place.length())));
		if (!this.body.isEmpty() && !this.sent.contains("Content-Type")) {
			header("Content-Type", "application/x-www-form-urlencoded");
		}
		if (!this.sent.isEmpty()) {
			request.headers(this.sent.toArray(String[]::new));
		}
		String sentMethod = this.method.isEmpty() ? (this.body.isEmpty() ? "GET" : "POST") : this.method;
		request.method(sentMethod, this.body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(this.body));
		HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
		StringBuilder output = new StringBuilder();
		if (this.headers) {
			response.headers()
				.map()
				.forEach((name, values) -> output.append("%s: %s\n".formatted(cased(name), values.get(0))));
		}
		output.append(this.discard ? "" : response.body());
		output
			.append(this.suffix.replace("%{http_code}", Integer.toString(response.statusCode())).replace("\\n", "\n"));
		return output.toString()
			.lines()
			.filter((line) -> this.filter.matcher(line).find())
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Java's client has names in lower case.
	 */
	private static String cased(String name) {
		return Pattern.compile("(^|-)[a-z]").matcher(name).replaceAll((match) -> match.group().toUpperCase());
	}

}
