package io.github.cftracker.tracking;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

import io.github.cftracker.distribution.Doctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * What responses show to be wrong with the application, whatever the settings of the
 * distribution are. Called with every response, so nothing here waits.
 */
public final class ResponseFindings {

	// Of a hundred; a single asset does not make an application cacheable
	private static final int FEW = 2;

	private static final int BROWSER_CACHE_PERCENT = 5;

	private static final String SESSION_ID = ";jsessionid=";

	private final Doctor doctor;

	private final ResponseWindow considered = new ResponseWindow(100);

	private final ResponseWindow pages = new ResponseWindow(20);

	private final Clock clock;

	private volatile boolean cookieFound;

	private volatile boolean cacheable;

	private volatile @Nullable String keptByBrowsers;

	/**
	 * Create an instance.
	 * @param doctor collects the findings
	 * @param clock for {@code Expires}
	 */
	public ResponseFindings(Doctor doctor, Clock clock) {
		this.clock = clock;
		this.doctor = doctor;
	}

	/**
	 * Return whether it still matters that a response sets a cookie.
	 * @return whether no such response is known
	 */
	public boolean watchesCookies() {
		return !this.cookieFound;
	}

	/**
	 * Examine a response about which it is decided. Call it once for each response.
	 * @param rules the rules for its request
	 * @param decision the decision
	 * @param response the response
	 */
	public void decided(RequestRules rules, Decision decision, ObservedResponse response) {
		if (Cacheability.of(response.status()) != Cacheability.BY_TTL || !rules.caches()) {
			return;
		}
		boolean tracked = decision.action() == Decision.Action.TRACK;
		ResponseWindow.Counts counts = this.considered.add(tracked,
				!tracked && CacheControl.of(response.cacheControl()).forbidden());
		if (counts == null) {
			return;
		}
		if (counts.tracked() > FEW) {
			// Where edges hold all pages, only other responses are left for long
			this.cacheable = true;
			this.doctor.over(FindingType.NOTHING_CACHEABLE, "");
		}
		else if (!this.cacheable && counts.tracked() + counts.suspicious() == counts.responses()) {
			reportNothingCacheable(counts);
		}
	}

	private void reportNothingCacheable(ResponseWindow.Counts counts) {
		this.doctor.seen(FindingType.NOTHING_CACHEABLE, "", () -> new Problem(FindingType.NOTHING_CACHEABLE,
				("%d of %d responses were no-store, no-cache or private, so CloudFront caches nearly nothing and "
						+ "nearly nothing is tracked. The usual cause is Spring Security, which adds such a header by "
						+ "default.")
					.formatted(counts.suspicious(), counts.responses()),
				"Disable the header for public pages (headers.cacheControl(CacheControlConfig::disable), see "
						+ "docs/security.md), or let their handlers set Cache-Control."));
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
			this.cookieFound = true;
			reportCookie(path);
		}
		// A 304 does not show what it is about
		if (response.status() != 304 && !response.isAsset() && !response.isImmutable()) {
			examinePage(path, response.isKeptByBrowsers(this.clock.instant()));
		}
	}

	private void examinePage(String path, boolean kept) {
		if (kept && this.keptByBrowsers == null) {
			this.keptByBrowsers = path;
		}
		ResponseWindow.Counts counts = this.pages.add(true, kept);
		if (counts == null) {
			return;
		}
		if (counts.suspicious() == 0) {
			this.doctor.over(FindingType.BROWSER_CACHE, "");
		}
		else if (counts.percent() >= BROWSER_CACHE_PERCENT) {
			reportBrowserCache(counts, String.valueOf(this.keptByBrowsers));
		}
	}

	private void reportBrowserCache(ResponseWindow.Counts counts, String path) {
		this.doctor.seen(FindingType.BROWSER_CACHE, "", () -> new Problem(FindingType.BROWSER_CACHE,
				("%d%% of %d tracked responses let browsers keep them, for example '%s'. No invalidation reaches a "
						+ "browser, so viewers see old pages until these expire.")
					.formatted(counts.percent(), counts.responses(), LogText.clean(path)),
				"Send 'Cache-Control: max-age=0, s-maxage=3600' to let CloudFront keep a page for an hour and browsers "
						+ "ask for it each time."));
	}

	/**
	 * Report a response whose header lacks cache tags. The caller logs it.
	 * @param flaw why it lacks them; of each reason the last response is shown
	 * @param problem which header of which page lacks them
	 * @param fix what to do about it
	 */
	public void tagsIncomplete(String flaw, String problem, String fix) {
		this.doctor.note("tags " + flaw,
				new Problem(FindingType.TAGS_INCOMPLETE, flaw,
						problem + " An invalidation by tag sends such pages one by one, and misses those that are not "
								+ "tracked.",
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
