package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Findings that responses show about the application, with any settings of the
 * distribution. Called with every response, so it never waits.
 */
public final class ResponseFindings {

	// A single page does not make an application cacheable
	private static final int FEW = 2;

	private static final int BROWSER_CACHE_PERCENT = 5;

	private static final long AN_HOUR = Duration.ofHours(1).toMillis();

	private static final long NEVER = Long.MIN_VALUE;

	private static final String CACHEABLE_PAGES = "cacheable pages";

	private static final String BROWSER_CACHE = "browser cache";

	private static final String SESSION_ID = ";jsessionid=";

	private final DistributionDoctor doctor;

	private final AtomicReference<PathWindow> requested = new AtomicReference<>(new PathWindow());

	private final Set<Integer> cacheablePages = ConcurrentHashMap.newKeySet();

	private final ResponseWindow pages = new ResponseWindow(20, 200);

	private final Clock clock;

	private volatile long cookieFoundAt = NEVER;

	private volatile boolean cacheable;

	private volatile @Nullable String keptByBrowsers;

	private ResponseWindow.@Nullable Counts examined;

	/**
	 * Create an instance.
	 * @param doctor collects the findings
	 * @param clock the time of responses
	 */
	public ResponseFindings(DistributionDoctor doctor, Clock clock) {
		this.clock = clock;
		this.doctor = doctor;
	}

	/**
	 * Return whether it still matters that a response sets a cookie.
	 * @return whether no such response has been found for an hour
	 */
	public boolean watchesCookies() {
		long foundAt = this.cookieFoundAt;
		return foundAt == NEVER || this.clock.millis() - foundAt >= AN_HOUR;
	}

	/**
	 * Examine a response about which it is decided. Call it once for each response.
	 * @param rules the rules for its request
	 * @param decision the decision
	 * @param response the response
	 */
	public void decided(RequestRules rules, Decision decision, ObservedResponse response) {
		if (this.cacheable || Cacheability.of(response.status()) != Cacheability.BY_TTL || !rules.caches()) {
			return;
		}
		int page = page(rules.path());
		boolean tracked = decision.action() == Decision.Action.TRACK;
		if (tracked && response.status() == 200 && !response.isAsset() && isCacheable(page)) {
			return;
		}
		PathWindow window = Objects.requireNonNull(this.requested.get());
		if (window.add(page, !tracked && CacheControl.of(response.cacheControl()).forbidden())
				&& this.requested.compareAndSet(window, new PathWindow()) && window.isNearlyAllForbidden()) {
			reportNothingCacheable(window);
		}
	}

	/**
	 * Return whether enough pages may be cached. They are counted since the start: where
	 * edge locations hold all pages, mostly other responses are left.
	 */
	private boolean isCacheable(int page) {
		this.cacheablePages.add(page);
		if (this.cacheablePages.size() <= FEW) {
			return false;
		}
		synchronized (this.cacheablePages) {
			this.cacheable = true;
			this.doctor.diagnosed(CACHEABLE_PAGES, List.of());
		}
		return true;
	}

	/**
	 * Identify a page, whatever session id its path contains.
	 */
	private static int page(String path) {
		int sessionId = sessionId(path);
		return ((sessionId != -1) ? path.substring(0, sessionId) : path).hashCode();
	}

	private void reportNothingCacheable(PathWindow window) {
		Problem problem = new Problem(FindingType.NOTHING_CACHEABLE,
				("%d of %d requested paths were answered with no-store, no-cache or private, so CloudFront caches "
						+ "nearly nothing and nearly nothing is tracked. The usual cause is Spring Security, which adds "
						+ "such a header by default.")
					.formatted(window.forbidden(), window.paths()),
				"Disable the header for public pages (headers.cacheControl(CacheControlConfig::disable), see "
						+ "docs/security.md), or let their handlers set Cache-Control.");
		synchronized (this.cacheablePages) {
			if (!this.cacheable) {
				this.doctor.diagnosed(CACHEABLE_PAGES, List.of(problem));
			}
		}
	}

	/**
	 * Examine a response that is tracked.
	 * @param paths its invalidation paths, none if it cannot be invalidated
	 * @param response the response
	 */
	public void tracked(List<String> paths, ObservedResponse response) {
		if (paths.isEmpty()) {
			return;
		}
		String path = paths.get(0);
		int sessionId = sessionId(path);
		if (sessionId != -1) {
			reportSessionId(path.substring(0, sessionId));
		}
		if (response.setsCookie() && !isCookieLeftOut(response)) {
			this.cookieFoundAt = this.clock.millis();
			reportCookie(path);
		}
		// A 304 does not show what it is about
		if (response.status() != 304 && !response.isAsset() && !response.isImmutable()) {
			examinePage(path, response.isKeptByBrowsers(this.clock));
		}
	}

	private void examinePage(String path, boolean kept) {
		if (kept && this.keptByBrowsers == null) {
			this.keptByBrowsers = path;
		}
		ResponseWindow.Counts counts = this.pages.add(kept);
		if (counts != null) {
			examinePages(counts);
		}
	}

	private synchronized void examinePages(ResponseWindow.Counts counts) {
		if (counts.equals(this.examined)) {
			// The finding is the same, and creating it takes 10 µs
			return;
		}
		this.examined = counts;
		if (counts.suspicious() == 0) {
			this.keptByBrowsers = null;
			this.doctor.diagnosed(BROWSER_CACHE, List.of());
		}
		else if (counts.percent() >= BROWSER_CACHE_PERCENT) {
			reportBrowserCache(counts, String.valueOf(this.keptByBrowsers));
		}
	}

	private void reportBrowserCache(ResponseWindow.Counts counts, String path) {
		this.doctor.diagnosed(BROWSER_CACHE, List.of(new Problem(FindingType.BROWSER_CACHE,
				("%d%% of %d tracked responses let browsers keep them, for example '%s'. No invalidation reaches a "
						+ "browser, so viewers see old pages until these expire.")
					.formatted(counts.percent(), counts.responses(), LogText.clean(path)),
				"Send 'Cache-Control: max-age=0, s-maxage=3600' to let CloudFront keep a page for an hour and browsers "
						+ "ask for it each time.")));
	}

	/**
	 * Report a response whose header lacks cache tags. Call it with every such response.
	 * The caller logs it.
	 * @param flaw why it lacks them; of each reason the first response is shown
	 * @param problem creates a sentence about which header of which page lacks them
	 * @param fix what to do about it
	 */
	public void tagsIncomplete(String flaw, Supplier<String> problem, String fix) {
		this.doctor.noteSeen(FindingType.TAGS_INCOMPLETE, flaw,
				() -> new Problem(FindingType.TAGS_INCOMPLETE, flaw,
						problem.get()
								+ " An invalidation by tag sends such pages one by one, and misses those that are "
								+ "not tracked.",
						fix));
	}

	/**
	 * Find a session id in a path.
	 * @return where it begins, {@code -1} if there is none
	 */
	private static int sessionId(String path) {
		int start = path.indexOf(';');
		while (start != -1 && !path.regionMatches(true, start, SESSION_ID, 0, SESSION_ID.length())) {
			start = path.indexOf(';', start + 1);
		}
		return start;
	}

	/**
	 * Return whether CloudFront caches the response without the cookie, because
	 * {@code no-cache="Set-Cookie"} demands it.
	 */
	private static boolean isCookieLeftOut(ObservedResponse response) {
		return response.cacheControl() != null
				&& response.cacheControl().toLowerCase(Locale.ROOT).contains("set-cookie");
	}

	private void reportSessionId(String path) {
		this.doctor.seen(FindingType.SESSION_ID_IN_PATH, "", () -> new Problem(FindingType.SESSION_ID_IN_PATH,
				("CloudFront caches '%s;jsessionid=…', so there is a copy of the page for each session, each of them is "
						+ "an item to pay for, and cached links may pass a session on to other viewers.")
					.formatted(LogText.clean(path)),
				"Set 'server.servlet.session.tracking-modes=cookie'."));
	}

	private void reportCookie(String path) {
		String shown = LogText.clean((sessionId(path) != -1) ? path.substring(0, sessionId(path)) : path);
		this.doctor.seen(FindingType.SET_COOKIE_CACHED, "", () -> new Problem(FindingType.SET_COOKIE_CACHED,
				("CloudFront caches '%s' although its response sets a cookie, so CloudFront may send the cookie of one "
						+ "viewer to all viewers.")
					.formatted(shown),
				"Create no session and set no cookie for pages that CloudFront caches, or send 'Cache-Control: no-store' "
						+ "with pages that need the cookie."));
	}

}
