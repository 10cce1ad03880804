package io.github.cftracker.staleness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pages of every kind: the path determines status and caching headers, and each response
 * has the version of the content.
 */
@RestController
class RandomPages {

	static final String VERSION = "X-Version";

	static final String RESPONSE = "X-Response";

	private static final List<List<String>> CACHE_CONTROLS = List.of(List.of(), List.of(), List.of(), List.of(),
			List.of("public"), List.of("max-age=600"), List.of("max-age=600"), List.of("max-age=0, s-maxage=600"),
			List.of("max-age=604800; public"), List.of("max-age=\"600\""), List.of("max-age=600", "max-age=0"),
			List.of("max-age=60, stale-while-revalidate=600"), List.of("no-store; max-age=600"), List.of("max-age=-1"),
			List.of("max-age=1"), List.of("max-age=1"), List.of("max-age=30"), List.of("max-age=0"),
			List.of("s-maxage=0, max-age=600"), List.of("no-store"), List.of("private, max-age=60"),
			List.of("no-cache"));

	private static final List<String> EXPIRES = List.of("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			"EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss yyyy", "'Mon', dd MMM yyyy HH:mm:ss 'GMT'",
			"EEE, dd-MMM-yyyy HH:mm:ss 'UTC'", "'0'", "'tomorrow'");

	private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200,
			200, 200, 200, 200, 200, 200, 301, 302, 307, 404, 500, 403, 410);

	private final Map<String, Page> pages = new ConcurrentHashMap<>();

	private final List<Answer> answers = new CopyOnWriteArrayList<>();

	private final Set<String> removed = ConcurrentHashMap.newKeySet();

	private final AtomicInteger version = new AtomicInteger(1);

	private final long seed;

	RandomPages(long seed) {
		this.seed = seed;
	}

	/**
	 * A page.
	 *
	 * @param expires a pattern for the time in ten minutes, empty for none
	 * @param tagged whether it has an ETag
	 * @param renewal the {@code Cache-Control} of its 304, {@code null} for none
	 */
	record Page(int status, List<String> cacheControl, String expires, boolean tagged, @Nullable String renewal,
			boolean setsCookie) {

		/**
		 * Whether the edge asks for it again after a second.
		 */
		boolean isRevalidatedSoon() {
			return this.tagged && this.status == 200 && this.cacheControl.equals(List.of("max-age=1"));
		}

		/**
		 * Whether the headers give a lifetime of less than a minute.
		 */
		boolean isBrief() {
			return this.cacheControl.equals(List.of("max-age=1")) || this.cacheControl.equals(List.of("max-age=30"));
		}

		/**
		 * Whether the headers give a lifetime of zero.
		 */
		boolean isNotToBeCached() {
			return this.cacheControl.size() == 1
					&& this.cacheControl.get(0).matches("(no-store|private|no-cache|s-maxage=0)(,.*)?|max-age=0");
		}

		/**
		 * Whether the headers may give a lifetime of more than ten seconds.
		 */
		boolean mayLast() {
			if (isNotToBeCached() || this.cacheControl.equals(List.of("max-age=1"))) {
				return false;
			}
			return this.expires.contains("HH")
					|| this.cacheControl.stream().anyMatch((value) -> value.matches(".*[1-9]0.*|.*604800.*"));
		}

		static Page random(Random random) {
			List<String> cacheControl = Choice.of(random, CACHE_CONTROLS);
			String expires = Choice.in(random, 25) ? Choice.of(random, EXPIRES) : "";
			return new Page(Choice.of(random, STATUSES), cacheControl, expires, Choice.in(random, 40),
					Choice.in(random, 50) ? "max-age=600" : null, Choice.in(random, 10));
		}

	}

	/**
	 * A response.
	 *
	 * @param path the raw path that was requested
	 */
	record Answer(int id, String path, int status) {
	}

	@RequestMapping(path = "/**", method = { RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS })
	void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String path = request.getRequestURI();
		Page page = pageOf(path);
		int version = this.version.get();
		int status = this.removed.contains(path) ? 404 : page.status();
		String tag = "\"" + version + "\"";
		boolean current = page.tagged() && status == 200 && tag.equals(request.getHeader("If-None-Match"));
		int id;
		synchronized (this.answers) {
			id = this.answers.size() + 1;
			this.answers.add(new Answer(id, path, current ? 304 : status));
		}
		response.setStatus(current ? 304 : status);
		response.setHeader(VERSION, String.valueOf(version));
		response.setHeader(RESPONSE, String.valueOf(id));
		if (current && page.renewal() != null) {
			response.setHeader("Cache-Control", page.renewal());
		}
		else if (!current) {
			page.cacheControl().forEach((value) -> response.addHeader("Cache-Control", value));
			if (!page.expires().isEmpty()) {
				response.setHeader("Expires",
						DateTimeFormatter.ofPattern(page.expires(), Locale.US)
							.withZone(ZoneOffset.UTC)
							.format(Instant.now().plusSeconds(600)));
			}
		}
		if (page.tagged()) {
			response.setHeader("ETag", tag);
		}
		if (page.setsCookie()) {
			response.setHeader("Set-Cookie", "id=" + id);
		}
		if (status > 300 && status < 400) {
			response.setHeader("Location", "/elsewhere");
		}
		if (!current) {
			byte[] body = ("version " + version + " of " + path + " for " + request.getQueryString())
				.getBytes(StandardCharsets.UTF_8);
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}
	}

	Page pageOf(String path) {
		return this.pages.computeIfAbsent(path, (key) -> Page.random(new Random(31 * this.seed + key.hashCode())));
	}

	/**
	 * Publish new versions of all pages.
	 */
	void publish() {
		this.version.incrementAndGet();
	}

	int version() {
		return this.version.get();
	}

	void remove(String path) {
		this.removed.add(path);
	}

	boolean isRemoved(String path) {
		return this.removed.contains(path);
	}

	Answer answer(int id) {
		return this.answers.get(id - 1);
	}

	List<Answer> answersAfter(int id) {
		return new ArrayList<>(this.answers.subList(id, this.answers.size()));
	}

}
