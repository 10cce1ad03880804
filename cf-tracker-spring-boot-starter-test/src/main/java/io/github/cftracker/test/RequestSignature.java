package io.github.cftracker.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4 of a request against the one pair of keys there is.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 * a signed AWS API request</a>
 */
final class RequestSignature {

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final Pattern AUTHORIZATION = Pattern
		.compile(ALGORITHM + " +Credential=([^/, ]+)/([^/, ]+)/([^/, ]+)/([^/, ]+)/aws4_request"
				+ ", *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})");

	private final String accessKey;

	private final String secretKey;

	private final SignatureScope scope;

	RequestSignature(String accessKey, String secretKey, SignatureScope scope) {
		this.accessKey = accessKey;
		this.secretKey = secretKey;
		this.scope = scope;
	}

	void verify(ApiRequest request) {
		String authorization = request.headers().getFirst("Authorization");
		if (authorization == null) {
			throw refused("MissingAuthenticationToken", "Request is missing Authentication Token");
		}
		Matcher parts = AUTHORIZATION.matcher(authorization);
		if (!parts.matches()) {
			throw refused(SignatureScope.INCOMPLETE_SIGNATURE,
					"The request signature does not conform to AWS standards.");
		}
		String time = this.scope.checkTime(request.headers().getFirst("X-Amz-Date"));
		this.scope.check(parts.group(2), parts.group(3), parts.group(4), time);
		if (!this.accessKey.equals(parts.group(1))) {
			throw refused("InvalidClientTokenId", "The security token included in the request is invalid.");
		}
		String signature = sign(request, time, parts.group(2), parts.group(3), parts.group(4), parts.group(5));
		if (signature == null || !MessageDigest.isEqual(bytes(signature), bytes(parts.group(6)))) {
			throw refused(SignatureScope.SIGNATURE_DOES_NOT_MATCH,
					"The request signature we calculated does not match the signature you provided. "
							+ "Check your AWS Secret Access Key and signing method.");
		}
	}

	private @Nullable String sign(ApiRequest request, String time, String date, String region, String service,
			String signedHeaders) {
		StringBuilder headers = new StringBuilder();
		for (String name : signedHeaders.split(";", -1)) {
			List<String> values = request.headers().get(name);
			if (values == null) {
				return null;
			}
			headers.append(name)
				.append(':')
				.append(values.stream()
					.map((value) -> value.strip().replaceAll(" +", " "))
					.collect(Collectors.joining(",")))
				.append('\n');
		}
		String query = request.rawQuery()
			.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "=" + parameter.getValue())
			.collect(Collectors.joining("&"));
		String canonical = String.join("\n", request.method(), encode(normalize(request.path())), query, headers,
				signedHeaders, hash(request.body()));
		String scope = String.join("/", date, region, service, "aws4_request");
		String toSign = String.join("\n", ALGORITHM, time, scope, hash(bytes(canonical)));
		byte[] key = bytes("AWS4" + this.secretKey);
		for (String part : List.of(date, region, service, "aws4_request")) {
			key = hmac(key, part);
		}
		return HexFormat.of().formatHex(hmac(key, toSign));
	}

	/**
	 * Every service but S3 removes empty and relative segments before it signs, as in the
	 * path of an empty distribution id.
	 */
	private static String normalize(String path) {
		return URI.create("http://localhost" + path).normalize().getRawPath();
	}

	/**
	 * The path is encoded a second time: every service but S3 signs it so.
	 */
	private static String encode(String path) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : bytes(path)) {
			char character = (char) (octet & 0xFF);
			boolean unreserved = character < 0x80
					&& (Character.isLetterOrDigit(character) || "-._~/".indexOf(character) >= 0);
			encoded.append(unreserved ? String.valueOf(character) : "%%%02X".formatted(octet & 0xFF));
		}
		return encoded.toString();
	}

	private static String hash(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] hmac(byte[] key, String content) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(bytes(content));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static ApiException refused(String code, String reason) {
		return new ApiException(403, code, reason);
	}

}
