package io.github.cftracker.test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The operations of CloudFront's API that are answered here. The id in a path may be
 * empty, and is then unknown.
 */
enum Operation {

	CREATE_INVALIDATION("CreateInvalidation", "POST", "/distribution/([^/]*)/invalidation"),

	LIST_INVALIDATIONS("ListInvalidations", "GET", "/distribution/([^/]*)/invalidation"),

	GET_INVALIDATION("GetInvalidation", "GET", "/distribution/([^/]*)/invalidation/([^/]*)"),

	GET_DISTRIBUTION_CONFIG("GetDistributionConfig", "GET", "/distribution/([^/]*)/config"),

	GET_CACHE_POLICY("GetCachePolicy", "GET", "/cache-policy/([^/]*)");

	static final String API_VERSION = "2020-05-31";

	static final Set<Operation> READING = Set.of(GET_DISTRIBUTION_CONFIG, GET_CACHE_POLICY);

	private final String awsName;

	private final String method;

	private final Pattern path;

	Operation(String awsName, String method, String path) {
		this.awsName = awsName;
		this.method = method;
		this.path = Pattern.compile("/" + API_VERSION + path);
	}

	String awsName() {
		return this.awsName;
	}

	static Operation of(String awsName) {
		return Arrays.stream(values())
			.filter((operation) -> operation.awsName.equals(awsName))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown operation '%s', use one of %s".formatted(awsName,
					Arrays.stream(values()).map(Operation::awsName).toList())));
	}

	static @Nullable Target find(ApiRequest request) {
		for (Operation operation : values()) {
			Matcher matcher = operation.path.matcher(request.path());
			if (operation.method.equals(request.method()) && matcher.matches()) {
				List<String> ids = IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList();
				return new Target(operation, ids);
			}
		}
		return null;
	}

	/**
	 * An operation and the ids its path names, the outermost first.
	 */
	record Target(Operation operation, List<String> ids) {

	}

}
