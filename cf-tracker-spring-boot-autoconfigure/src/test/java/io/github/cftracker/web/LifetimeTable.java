package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The tables of lifetimes in {@code docs/tracking.md}.
 *
 * @param name the properties they hold for, as they are written
 * @param properties these, as {@code name=value}
 * @param rows the lines
 */
record LifetimeTable(String name, List<String> properties, List<Row> rows) {

	private static final String HEADING = "| response | tracked for | why |";

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	/**
	 * Responses to one path, and for how long the last one leaves it tracked.
	 *
	 * @param text the first cell
	 * @param responses the responses in their order
	 * @param lifetime the lifetime, zero for none
	 */
	record Row(String text, List<Response> responses, Duration lifetime) {

		static Row of(String line) {
			String[] cells = line.split("\\|");
			List<Response> responses = Arrays.stream(cells[1].split("`, then `"))
				.map((response) -> Response.of(code('`' + response.strip() + '`')))
				.toList();
			String lifetime = cells[2].strip();
			return new Row(cells[1].strip(), responses,
					lifetime.equals("nothing") ? Duration.ZERO : duration(lifetime));
		}

		private static Duration duration(String text) {
			String[] days = text.split("d ?", 2);
			String hours = ((days.length > 1) ? days[1] : text).replace(" ", "");
			Duration lifetime = hours.isEmpty() ? Duration.ZERO : Duration.parse("PT" + hours.toUpperCase(Locale.ROOT));
			return (days.length > 1) ? lifetime.plusDays(Long.parseLong(days[0])) : lifetime;
		}

	}

	/**
	 * A response of the application.
	 *
	 * @param status its status
	 * @param headers its header lines
	 */
	record Response(int status, List<String> headers) {

		static Response of(List<String> code) {
			return new Response(Integer.parseInt(code.get(0)), code.subList(1, code.size()));
		}

	}

	static List<LifetimeTable> read(Path document) {
		try {
			List<LifetimeTable> tables = new ArrayList<>();
			String name = "";
			List<Row> rows = List.of();
			for (String line : Files.readAllLines(document)) {
				if (line.startsWith("Properties: ")) {
					name = line.substring("Properties: ".length());
				}
				else if (line.equals(HEADING)) {
					rows = new ArrayList<>();
					tables.add(new LifetimeTable(name, code(name), rows));
				}
				else if (line.startsWith("| `") && !tables.isEmpty()) {
					rows.add(Row.of(line));
				}
			}
			return tables;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> code(String text) {
		return CODE.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
