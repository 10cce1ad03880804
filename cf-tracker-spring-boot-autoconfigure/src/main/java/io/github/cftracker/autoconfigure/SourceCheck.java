package io.github.cftracker.autoconfigure;

import java.util.Locale;

import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking.QueryString;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Check of the properties for the source of tracked requests and their paths. Secrets are
 * never part of a message.
 */
final class SourceCheck {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	private SourceCheck() {
	}

	static void check(Tracking tracking) {
		checkSecretHeader(tracking);
		checkHeaderName("tracking.path-header", tracking.getPathHeader(), "X-Viewer-Path");
		checkOriginPath(tracking.getOriginPath());
		checkQueryString(tracking.getQueryString());
	}

	private static void checkSecretHeader(Tracking tracking) {
		Tracking.SecretHeader header = tracking.getSecretHeader();
		checkHeaderName("tracking.secret-header.name", header.getName(), "X-Origin-Secret");
		boolean demanded = tracking.getSource() == Source.SECRET_HEADER;
		if (demanded && header.getName() == null) {
			throw missing("name", "the name of the custom header that CloudFront adds for this origin");
		}
		boolean blank = header.getValues().stream().anyMatch((value) -> !StringUtils.hasText(value));
		if (blank || (demanded && header.getValues().isEmpty())) {
			throw missing("values", "the secret in the header (or several secrets during a rotation)");
		}
		if (!demanded && !header.getValues().isEmpty()) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.tracking.secret-header.values' is set, but has no effect because 'cf.tracker.tracking.source' is '%s'."
						.formatted(tracking.getSource().name().toLowerCase(Locale.ROOT)),
					"Set 'cf.tracker.tracking.source=secret-header', or remove the values.");
		}
	}

	private static CfTrackerConfigurationException missing(String name, String what) {
		return new CfTrackerConfigurationException(
				"'cf.tracker.tracking.secret-header.%s' is missing or blank.".formatted(name),
				"Set it to %s, or set 'cf.tracker.tracking.source' to 'cloudfront' or 'any'.".formatted(what));
	}

	static void checkHeaderName(String property, @Nullable String name, String example) {
		if (name != null && !name.matches(TOKEN)) {
			throw PropertiesCheck.invalid(property, name, "must be a valid header name", example);
		}
	}

	private static void checkOriginPath(@Nullable String path) {
		if (path != null && !path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
			throw PropertiesCheck.invalid("tracking.origin-path", path, "must start with '/' and not end with '/'",
					"/shop");
		}
	}

	private static void checkQueryString(QueryString queryString) {
		boolean named = queryString.getMode() == QueryString.Mode.INCLUDE
				|| queryString.getMode() == QueryString.Mode.EXCLUDE;
		if (named == queryString.getNames().isEmpty()) {
			String mode = queryString.getMode().name().toLowerCase(Locale.ROOT);
			throw new CfTrackerConfigurationException(
					"'cf.tracker.tracking.query-string.mode' is '%s', but 'cf.tracker.tracking.query-string.names' is %s."
						.formatted(mode, named ? "empty" : "set as well"),
					named ? "Name the parameters, for example 'cf.tracker.tracking.query-string.names=page,sort', "
							+ "or set 'cf.tracker.tracking.query-string.mode=auto'."
							: "Set 'cf.tracker.tracking.query-string.mode' to 'include' or 'exclude', or remove 'cf.tracker.tracking.query-string.names'.");
		}
	}

}
