package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * Finished response, reduced to what matters for its path and for findings.
 *
 * @param status the final status
 * @param cacheControl the {@code Cache-Control} header, several joined by commas
 * @param expires the {@code Expires} header, several joined by commas
 * @param date the {@code Date} header, if {@code Expires} is present
 * @param contentType the {@code Content-Type} header
 * @param setsCookie whether it has a {@code Set-Cookie} header, as far as
 * {@link ResponseFindings#watchesCookies()}
 */
public record ObservedResponse(int status, @Nullable String cacheControl, @Nullable String expires,
		@Nullable String date, @Nullable String contentType, boolean setsCookie) {

	private static final List<String> ASSETS = List.of("text/css", "text/javascript", "application/javascript",
			"application/x-javascript", "application/wasm", "application/font", "application/vnd.ms-fontobject",
			"font/", "image/", "video/", "audio/");

	ObservedResponse withoutExpires() {
		return new ObservedResponse(this.status, this.cacheControl, null, null, this.contentType, this.setsCookie);
	}

	/**
	 * Return whether it is an asset of a page, whose path usually changes with its
	 * content.
	 */
	boolean isAsset() {
		String type = this.contentType;
		// Nearly all other responses are pages, and comparing all types takes 50 ns
		if (type != null && !type.startsWith("text/html")) {
			for (String asset : ASSETS) {
				if (type.regionMatches(true, 0, asset, 0, asset.length())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return whether a browser may use the response again without a request.
	 * @param clock the time
	 */
	boolean isKeptByBrowsers(Clock clock) {
		CacheControl.Known known = CacheControl.known(this.cacheControl);
		if (known.directives().forbidden()) {
			return false;
		}
		long maxAge = known.browserAge();
		return (maxAge != -1) ? maxAge > 0 : this.expires != null && isLater(this.expires, clock.instant());
	}

	/**
	 * Return whether its content never changes.
	 */
	boolean isImmutable() {
		return CacheControl.known(this.cacheControl).immutable();
	}

	private static boolean isLater(String expires, Instant now) {
		SortedSet<Instant> readings = HttpDate.readings(expires, now);
		return !readings.isEmpty() && readings.last().isAfter(now);
	}

}
