package io.github.cftracker.tracking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ResponseFindings} go by.
 *
 * @param status the final status
 * @param cacheControl the {@code Cache-Control} header, several joined by commas
 * @param expires the {@code Expires} header, where {@code max-age} is missing
 * @param contentType the {@code Content-Type} header
 * @param setsCookie whether it has a {@code Set-Cookie} header, as far as
 * {@link ResponseFindings#watchesCookies()}
 */
public record ObservedResponse(int status, @Nullable String cacheControl, @Nullable String expires,
		@Nullable String contentType, boolean setsCookie) {

	private static final List<String> ASSETS = List.of("text/css", "text/javascript", "application/javascript",
			"application/x-javascript", "application/wasm", "application/font", "application/vnd.ms-fontobject",
			"font/", "image/", "video/", "audio/");

	/**
	 * Return whether it is an asset of a page, whose path usually changes with its
	 * content.
	 */
	boolean isAsset() {
		String type = this.contentType;
		return type != null
				&& ASSETS.stream().anyMatch((asset) -> type.regionMatches(true, 0, asset, 0, asset.length()));
	}

	/**
	 * Return whether a browser may use the response again without a request.
	 * @param now the time
	 */
	boolean isKeptByBrowsers(Instant now) {
		CacheControl directives = CacheControl.of(this.cacheControl);
		if (directives.forbidden()) {
			return false;
		}
		return (directives.maxAge() != -1) ? directives.maxAge() > 0
				: this.expires != null && isLater(this.expires, now);
	}

	/**
	 * Return whether its content never changes.
	 */
	boolean isImmutable() {
		return this.cacheControl != null && this.cacheControl.toLowerCase(Locale.ROOT).contains("immutable");
	}

	private static boolean isLater(String date, Instant now) {
		try {
			return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).isAfter(now);
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

}
