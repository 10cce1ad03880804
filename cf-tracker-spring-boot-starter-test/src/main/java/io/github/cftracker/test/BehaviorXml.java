package io.github.cftracker.test;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A cache behavior in the answer to GetDistributionConfig.
 */
final class BehaviorXml {

	private static final String ORIGIN_REQUEST_POLICY_ID = "1c0a11c1-0000-4000-8000-0a11c0e45712";

	private static final String ACCOUNT_ID = "123456789012";

	private BehaviorXml() {
	}

	static String ofDefault(Distribution distribution) {
		return "<DefaultCacheBehavior>" + content(distribution, distribution.defaultBehavior())
				+ "</DefaultCacheBehavior>";
	}

	static String ofPattern(Distribution distribution, Behavior behavior) {
		String pattern = Objects.requireNonNull(behavior.pattern()).value();
		return "<CacheBehavior>" + ApiXml.element("PathPattern", pattern) + content(distribution, behavior)
				+ "</CacheBehavior>";
	}

	private static String content(Distribution distribution, Behavior behavior) {
		return """
				%s
				<ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
				<AllowedMethods><Quantity>7</Quantity>
					<Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS</Method><Method>PUT</Method>
						<Method>POST</Method><Method>PATCH</Method><Method>DELETE</Method></Items>
					%s
				</AllowedMethods>
				<Compress>false</Compress>
				%s
				%s
				%s
				""".formatted(ApiXml.element("TargetOriginId", behavior.originId()), cachedMethods(behavior),
				viewerRequest(behavior.viewerRequest()), originRequest(behavior.originRequest()),
				behavior.legacy() ? legacy(behavior) : policies(distribution, behavior));
	}

	private static String cachedMethods(Behavior behavior) {
		return ApiXml.list("CachedMethods",
				Stream.of("GET", "HEAD", "OPTIONS")
					.filter(behavior::caches)
					.map((method) -> ApiXml.element("Method", method)));
	}

	private static String viewerRequest(@Nullable EdgeFunction function) {
		return ApiXml.list("FunctionAssociations",
				Stream.ofNullable(function)
					.map((associated) -> """
							<FunctionAssociation>
								%s
								<EventType>viewer-request</EventType>
							</FunctionAssociation>
							""".formatted(ApiXml.element("FunctionARN",
							"arn:aws:cloudfront::" + ACCOUNT_ID + ":function/" + associated.name()))));
	}

	private static String originRequest(@Nullable EdgeFunction function) {
		return ApiXml.list("LambdaFunctionAssociations",
				Stream.ofNullable(function)
					.map((associated) -> """
							<LambdaFunctionAssociation>
								%s
								<EventType>origin-request</EventType>
								<IncludeBody>false</IncludeBody>
							</LambdaFunctionAssociation>
							""".formatted(ApiXml.element("LambdaFunctionARN",
							"arn:aws:lambda:us-east-1:" + ACCOUNT_ID + ":function:" + associated.name() + ":1"))));
	}

	private static String policies(Distribution distribution, Behavior behavior) {
		return ApiXml.element("CachePolicyId", CachePolicy.of(distribution, behavior).id())
				+ (behavior.forwardsWholeQuery() ? ApiXml.element("OriginRequestPolicyId", ORIGIN_REQUEST_POLICY_ID)
						: "");
	}

	private static String legacy(Behavior behavior) {
		QueryStrings queryStrings = behavior.queryStrings();
		String emptyPolicyId = (behavior.cachePolicyId() != null) ? ApiXml.element("CachePolicyId", "") : "";
		return """
				%s
				<ForwardedValues>
					%s
					<Cookies><Forward>none</Forward></Cookies>
					<Headers><Quantity>0</Quantity></Headers>
					%s
				</ForwardedValues>
				%s
				""".formatted(emptyPolicyId, ApiXml.element("QueryString", !queryStrings.equals(QueryStrings.NONE)),
				queryStrings.namesXml("QueryStringCacheKeys"), CachePolicy.ttlXml(behavior.ttl()));
	}

}
