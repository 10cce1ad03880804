package io.github.cftracker.test;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The answer to GetDistributionConfig.
 */
final class DistributionXml {

	private static final String CUSTOM_ORIGIN = """
			<CustomOriginConfig>
				<HTTPPort>80</HTTPPort>
				<HTTPSPort>443</HTTPSPort>
				<OriginProtocolPolicy>http-only</OriginProtocolPolicy>
				<OriginSslProtocols><Quantity>1</Quantity>
					<Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols>
				<OriginReadTimeout>30</OriginReadTimeout>
				<OriginKeepaliveTimeout>5</OriginKeepaliveTimeout>
			</CustomOriginConfig>
			""";

	private static final String S3_ORIGIN = """
			<S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>
			""";

	private DistributionXml() {
	}

	static String config(String distributionId, Distribution distribution) {
		Stream<String> origins = distribution.origins().values().stream().map(DistributionXml::origin);
		Stream<String> behaviors = distribution.behaviors()
			.stream()
			.map((behavior) -> BehaviorXml.ofPattern(distribution, behavior));
		Stream<String> errors = new TreeMap<>(distribution.errorTtls()).entrySet().stream().map(DistributionXml::error);
		return ApiXml.document("DistributionConfig", """
				%s
				<Aliases><Quantity>0</Quantity></Aliases>
				%s
				%s
				%s
				%s
				%s
				%s
				<Comment>A local CloudFront</Comment>
				<PriceClass>PriceClass_All</PriceClass>
				%s
				<HttpVersion>http1.1</HttpVersion>
				<IsIPV6Enabled>false</IsIPV6Enabled>
				%s
				%s
				%s
				%s
				""".formatted(ApiXml.element("CallerReference", distributionId),
				ApiXml.element("DefaultRootObject", distribution.defaultRootObject()), ApiXml.list("Origins", origins),
				ApiXml.list("OriginGroups", distribution.originGroups().values().stream().map(DistributionXml::group)),
				BehaviorXml.ofDefault(distribution), ApiXml.list("CacheBehaviors", behaviors),
				ApiXml.list("CustomErrorResponses", errors), ApiXml.element("Enabled", distribution.enabled()),
				ApiXml.element("Staging", distribution.staging()),
				continuousDeployment(distribution.continuousDeploymentPolicyId()),
				ApiXml.element("ConnectionMode", distribution.tenantOnly() ? "tenant-only" : "direct"),
				cacheTags(distribution.cacheTagHeader())));
	}

	private static String origin(DistributionOrigin origin) {
		return """
				<Origin>
					%s
					%s
					%s
					%s
					%s
					<ConnectionAttempts>3</ConnectionAttempts>
					<ConnectionTimeout>10</ConnectionTimeout>
				</Origin>
				""".formatted(ApiXml.element("Id", origin.id()), ApiXml.element("DomainName", origin.domainName()),
				ApiXml.element("OriginPath", origin.path()),
				ApiXml.list("CustomHeaders", origin.headers().entrySet().stream().map(DistributionXml::header)),
				origin.s3() ? S3_ORIGIN : CUSTOM_ORIGIN);
	}

	private static String header(Map.Entry<String, String> header) {
		return "<OriginCustomHeader>" + ApiXml.element("HeaderName", header.getKey())
				+ ApiXml.element("HeaderValue", header.getValue()) + "</OriginCustomHeader>";
	}

	private static String group(OriginGroup group) {
		Stream<String> statuses = group.failoverStatuses()
			.stream()
			.map((status) -> ApiXml.element("StatusCode", status));
		Stream<String> members = group.originIds()
			.map((id) -> "<OriginGroupMember>" + ApiXml.element("OriginId", id) + "</OriginGroupMember>");
		return """
				<OriginGroup>
					%s
					<FailoverCriteria>%s</FailoverCriteria>
					%s
				</OriginGroup>
				""".formatted(ApiXml.element("Id", group.id()), ApiXml.list("StatusCodes", statuses),
				ApiXml.list("Members", members));
	}

	private static String error(Map.Entry<Integer, Duration> error) {
		return """
				<CustomErrorResponse>
					%s
					<ResponsePagePath></ResponsePagePath>
					<ResponseCode></ResponseCode>
					%s
				</CustomErrorResponse>
				""".formatted(ApiXml.element("ErrorCode", error.getKey()),
				ApiXml.element("ErrorCachingMinTTL", error.getValue().toSeconds()));
	}

	private static String continuousDeployment(@Nullable String policyId) {
		return (policyId != null) ? ApiXml.element("ContinuousDeploymentPolicyId", policyId) : "";
	}

	private static String cacheTags(@Nullable String header) {
		return (header != null) ? "<CacheTagConfig>" + ApiXml.element("HeaderName", header) + "</CacheTagConfig>" : "";
	}

}
