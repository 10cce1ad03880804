package io.github.cftracker.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Connection to CloudFront's API. An endpoint, keys or a role lead to a client of the
 * tracker. Without them the tracker uses what the application has.
 */
@ConfigurationProperties(CfTrackerProperties.PREFIX)
public class CloudFrontProperties {

	/**
	 * URI of the CloudFront API, for tests and emulators. By default, the AWS endpoint of
	 * the region.
	 */
	private @Nullable URI endpoint;

	/**
	 * Region to sign requests for. Set 'cn-northwest-1' for a distribution in the China
	 * regions.
	 */
	private String region = "us-east-1";

	/**
	 * Whether to use the AWS dual-stack endpoint.
	 */
	private @Nullable Boolean dualstackEnabled;

	/**
	 * Access key of static AWS credentials. Set both keys, or neither to use the
	 * application's AWS credentials.
	 */
	private @Nullable String accessKey;

	/**
	 * Secret key of static AWS credentials. Set both keys or neither.
	 */
	private @Nullable String secretKey;

	/**
	 * Session token of temporary AWS credentials. Needs both keys.
	 */
	private @Nullable String sessionToken;

	/**
	 * ARN of an IAM role to assume, for example in another account. Needs
	 * 'software.amazon.awssdk:sts'.
	 */
	private @Nullable String roleArn;

	/**
	 * Return whether the properties name an endpoint, keys or a role, which win over the
	 * AWS clients and connection details of the application.
	 */
	boolean isExplicit() {
		return this.endpoint != null || hasKeys() || hasRole();
	}

	boolean hasKeys() {
		return StringUtils.hasText(this.accessKey) && StringUtils.hasText(this.secretKey);
	}

	boolean hasRole() {
		return StringUtils.hasText(this.roleArn);
	}

	public @Nullable URI getEndpoint() {
		return this.endpoint;
	}

	public void setEndpoint(@Nullable URI endpoint) {
		// A blank value counts as missing, as for the other properties
		this.endpoint = (endpoint != null && !endpoint.toString().isEmpty()) ? endpoint : null;
	}

	/**
	 * Return the region to sign requests for. The API is global outside China, and
	 * accepts signatures for {@code us-east-1} only. With an endpoint, the SDK signs for
	 * the region of the client.
	 * @return the region, {@code us-east-1} if none is set
	 */
	public String getRegion() {
		return this.region;
	}

	public void setRegion(@Nullable String region) {
		this.region = (region != null && StringUtils.hasText(region)) ? region : "us-east-1";
	}

	public @Nullable Boolean getDualstackEnabled() {
		return this.dualstackEnabled;
	}

	public void setDualstackEnabled(@Nullable Boolean dualstackEnabled) {
		this.dualstackEnabled = dualstackEnabled;
	}

	public @Nullable String getAccessKey() {
		return this.accessKey;
	}

	public void setAccessKey(@Nullable String accessKey) {
		this.accessKey = accessKey;
	}

	public @Nullable String getSecretKey() {
		return this.secretKey;
	}

	public void setSecretKey(@Nullable String secretKey) {
		this.secretKey = secretKey;
	}

	public @Nullable String getSessionToken() {
		return this.sessionToken;
	}

	public void setSessionToken(@Nullable String sessionToken) {
		this.sessionToken = sessionToken;
	}

	public @Nullable String getRoleArn() {
		return this.roleArn;
	}

	public void setRoleArn(@Nullable String roleArn) {
		this.roleArn = roleArn;
	}

}
