package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The time, region and service that a request may be signed for, with the messages of
 * AWS.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html">Troubleshoot
 * Signature Version 4</a>
 */
final class SignatureScope {

	static final String SIGNATURE_DOES_NOT_MATCH = "SignatureDoesNotMatch";

	static final String INCOMPLETE_SIGNATURE = "IncompleteSignature";

	private static final String SERVICE = "cloudfront";

	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

	private final String region;

	private final Clock clock;

	SignatureScope(String region, Clock clock) {
		this.region = region;
		this.clock = clock;
	}

	/**
	 * Check when the request was signed.
	 * @param time the value of {@code X-Amz-Date}
	 * @return the time, which is valid
	 */
	String checkTime(@Nullable String time) {
		if (time == null || time.isEmpty()) {
			throw refused(INCOMPLETE_SIGNATURE,
					"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
		}
		Instant signedAt = parse(time);
		Instant now = this.clock.instant();
		Instant earliest = now.minus(MAX_AGE);
		Instant latest = now.plus(MAX_AGE);
		if (signedAt.isBefore(earliest)) {
			throw refused(SIGNATURE_DOES_NOT_MATCH, "Signature expired: %s is now earlier than %s (%s - 5 min.)"
				.formatted(time, format(earliest), format(now)));
		}
		if (signedAt.isAfter(latest)) {
			throw refused(SIGNATURE_DOES_NOT_MATCH, "Signature not yet current: %s is still later than %s (%s + 5 min.)"
				.formatted(time, format(latest), format(now)));
		}
		return time;
	}

	void check(String date, String region, String service, String time) {
		List<String> errors = new ArrayList<>();
		if (!region.equals(this.region)) {
			errors.add("Credential should be scoped to a valid region, not '%s'.".formatted(region));
		}
		if (!service.equals(SERVICE)) {
			errors.add("Credential should be scoped to correct service: '%s'.".formatted(SERVICE));
		}
		String day = time.substring(0, 8);
		if (!date.equals(day)) {
			errors.add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
					+ "'%s' != '%s', from '%s'.".formatted(date, day, time));
		}
		if (!errors.isEmpty()) {
			throw refused(SIGNATURE_DOES_NOT_MATCH, String.join(" ", errors));
		}
	}

	private static Instant parse(String time) {
		try {
			return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeParseException ex) {
			throw refused(INCOMPLETE_SIGNATURE, "Date must be in ISO-8601 'basic format'. Got '%s'.".formatted(time));
		}
	}

	private static String format(Instant time) {
		return TIME.format(time.atOffset(ZoneOffset.UTC));
	}

	private static ApiException refused(String code, String reason) {
		return new ApiException(403, code, reason);
	}

}
