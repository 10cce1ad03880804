package io.github.cftracker.test;

import java.time.Duration;

/**
 * The settings of the one distribution there is: one origin, the default cache behavior,
 * and a cache policy that says what the edge does.
 */
final class DistributionXml {

	static final String CACHE_POLICY_ID = "1c0a11c1-0000-4000-8000-10ca1c10dfa7";

	private DistributionXml() {
	}

	static String config(String distributionId) {
		return ApiXml.document("DistributionConfig", """
				%s
				<Aliases><Quantity>0</Quantity></Aliases>
				<DefaultRootObject></DefaultRootObject>
				<Origins><Quantity>1</Quantity><Items><Origin>
					<Id>origin</Id>
					<DomainName>origin.localhost</DomainName>
					<OriginPath></OriginPath>
					<CustomHeaders><Quantity>0</Quantity></CustomHeaders>
					<CustomOriginConfig>
						<HTTPPort>80</HTTPPort>
						<HTTPSPort>443</HTTPSPort>
						<OriginProtocolPolicy>http-only</OriginProtocolPolicy>
						<OriginSslProtocols><Quantity>1</Quantity>
							<Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols>
						<OriginReadTimeout>30</OriginReadTimeout>
						<OriginKeepaliveTimeout>5</OriginKeepaliveTimeout>
					</CustomOriginConfig>
					<ConnectionAttempts>3</ConnectionAttempts>
					<ConnectionTimeout>10</ConnectionTimeout>
				</Origin></Items></Origins>
				<OriginGroups><Quantity>0</Quantity></OriginGroups>
				<DefaultCacheBehavior>
					<TargetOriginId>origin</TargetOriginId>
					<ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
					<AllowedMethods><Quantity>7</Quantity>
						<Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS</Method><Method>PUT</Method>
							<Method>POST</Method><Method>PATCH</Method><Method>DELETE</Method></Items>
						<CachedMethods><Quantity>2</Quantity>
							<Items><Method>GET</Method><Method>HEAD</Method></Items></CachedMethods>
					</AllowedMethods>
					<Compress>false</Compress>
					%s
				</DefaultCacheBehavior>
				<CacheBehaviors><Quantity>0</Quantity></CacheBehaviors>
				<CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses>
				<Comment>A local CloudFront</Comment>
				<PriceClass>PriceClass_All</PriceClass>
				<Enabled>true</Enabled>
				<HttpVersion>http1.1</HttpVersion>
				<IsIPV6Enabled>false</IsIPV6Enabled>
				<Staging>false</Staging>
				""".formatted(ApiXml.element("CallerReference", distributionId),
				ApiXml.element("CachePolicyId", CACHE_POLICY_ID)));
	}

	static String cachePolicy(Duration defaultTtl) {
		return ApiXml.document("CachePolicy", """
				%s
				<LastModifiedTime>2020-05-31T00:00:00Z</LastModifiedTime>
				<CachePolicyConfig>
					<Comment>What the local edge does</Comment>
					<Name>local</Name>
					%s
					<MaxTTL>31536000</MaxTTL>
					<MinTTL>0</MinTTL>
					<ParametersInCacheKeyAndForwardedToOrigin>
						<EnableAcceptEncodingGzip>false</EnableAcceptEncodingGzip>
						<EnableAcceptEncodingBrotli>false</EnableAcceptEncodingBrotli>
						<HeadersConfig><HeaderBehavior>none</HeaderBehavior></HeadersConfig>
						<CookiesConfig><CookieBehavior>none</CookieBehavior></CookiesConfig>
						<QueryStringsConfig><QueryStringBehavior>all</QueryStringBehavior></QueryStringsConfig>
					</ParametersInCacheKeyAndForwardedToOrigin>
				</CachePolicyConfig>
				""".formatted(ApiXml.element("Id", CACHE_POLICY_ID),
				ApiXml.element("DefaultTTL", defaultTtl.toSeconds())));
	}

}
