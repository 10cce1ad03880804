package io.github.cftracker.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The operations of the API for one distribution, once a request has been let in.
 */
final class CloudFrontApi {

	private static final int MAX_PAGE = 100;

	private final String distributionId;

	private final Supplier<Distribution> distribution;

	private final Books books;

	private final Faults faults;

	CloudFrontApi(String distributionId, Supplier<Distribution> distribution, Books books, Faults faults) {
		this.distributionId = distributionId;
		this.distribution = distribution;
		this.books = books;
		this.faults = faults;
	}

	ApiResponse answer(Operation.Target target, ApiRequest request) {
		return this.faults.answer(target.operation(), () -> carryOut(target, request));
	}

	private ApiResponse carryOut(Operation.Target target, ApiRequest request) {
		return (target.operation() == Operation.GET_CACHE_POLICY) ? cachePolicy(target.ids().get(0))
				: ofDistribution(target, request);
	}

	private ApiResponse ofDistribution(Operation.Target target, ApiRequest request) {
		if (!this.distributionId.equals(target.ids().get(0))) {
			throw noSuchDistribution();
		}
		return switch (target.operation()) {
			case CREATE_INVALIDATION -> create(request);
			case LIST_INVALIDATIONS -> list(request);
			case GET_INVALIDATION -> get(target.ids().get(1));
			case GET_DISTRIBUTION_CONFIG ->
				versioned(DistributionXml.config(this.distributionId, this.distribution.get()));
			case GET_CACHE_POLICY ->
				throw new IllegalStateException("A cache policy does not belong to a distribution");
		};
	}

	private ApiResponse cachePolicy(String id) {
		return CachePolicy.of(this.distribution.get())
			.filter((policy) -> policy.id().equals(id))
			.findFirst()
			.or(() -> Optional.ofNullable(ManagedCachePolicies.find(id)))
			.map((policy) -> versioned(policy.xml()))
			.orElseThrow(() -> new ApiException(404, "NoSuchCachePolicy", "The cache policy does not exist."));
	}

	/**
	 * Settings have an ETag, which changes with them.
	 */
	private static ApiResponse versioned(String settings) {
		String version = "E" + Integer.toUnsignedString(settings.hashCode(), 36).toUpperCase(Locale.ROOT);
		return ApiResponse.ok(settings).with("ETag", version);
	}

	private static ApiException noSuchDistribution() {
		return new ApiException(404, "NoSuchDistribution", "The specified distribution does not exist.");
	}

	private ApiResponse create(ApiRequest request) {
		if (this.distribution.get().tenantOnly()) {
			throw noSuchDistribution();
		}
		Invalidation accepted = this.books.accept(InvalidationBatch.read(request.body()));
		String location = "https://cloudfront.amazonaws.com" + request.path() + "/" + accepted.id();
		return ApiResponse.of(201, ApiXml.invalidation(accepted)).with("Location", location);
	}

	private ApiResponse get(String id) {
		Invalidation found = this.books.find(id);
		if (found == null) {
			throw new ApiException(404, "NoSuchInvalidation", "The specified invalidation does not exist.");
		}
		return ApiResponse.ok(ApiXml.invalidation(found));
	}

	private ApiResponse list(ApiRequest request) {
		int maxItems = maxItems(request.parameter("MaxItems"));
		String marker = request.parameter("Marker");
		List<Invalidation> newestFirst = new ArrayList<>(this.books.invalidations());
		Collections.reverse(newestFirst);
		List<Invalidation> rest = newestFirst.subList(startOf(newestFirst, marker), newestFirst.size());
		List<Invalidation> page = rest.subList(0, Math.min(maxItems, rest.size()));
		String nextMarker = (page.size() < rest.size()) ? page.get(page.size() - 1).id() : null;
		return ApiResponse.ok(ApiXml.invalidationList(page, marker, nextMarker, maxItems));
	}

	private static int startOf(List<Invalidation> invalidations, @Nullable String marker) {
		if (marker == null || marker.isEmpty()) {
			return 0;
		}
		for (int i = 0; i < invalidations.size(); i++) {
			if (invalidations.get(i).id().equals(marker)) {
				return i + 1;
			}
		}
		throw ApiException.invalidArgument("The value of Marker is not the id of an invalidation.");
	}

	private static int maxItems(@Nullable String value) {
		if (value == null) {
			return MAX_PAGE;
		}
		try {
			int maxItems = Integer.parseInt(value);
			if (maxItems >= 1 && maxItems <= MAX_PAGE) {
				return maxItems;
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, as any other value that is out of range
		}
		throw ApiException.invalidArgument("The value of MaxItems must be between 1 and " + MAX_PAGE + ".");
	}

}
