package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsClientProperties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * How to reach CloudFront's API. Without keys the application's AWS credentials provider
 * is asked.
 */
@ConfigurationProperties(CfTrackerProperties.PREFIX)
public class CloudFrontProperties extends AwsClientProperties implements InitializingBean {

	/**
	 * Access key of static AWS credentials. Set both keys, or neither to use the
	 * application's AWS credentials provider.
	 */
	private @Nullable String accessKey;

	/**
	 * Secret key of static AWS credentials. Set both keys or neither.
	 */
	private @Nullable String secretKey;

	@Override
	public void afterPropertiesSet() {
		PropertiesCheck.check(this);
	}

	/**
	 * Return the region to sign requests for. The API is global outside China, and
	 * accepts signatures for {@code us-east-1} only. With an endpoint, the SDK signs for
	 * the region of the client.
	 * @return the region, {@code us-east-1} if none is set
	 */
	@Override
	public String getRegion() {
		String region = super.getRegion();
		return StringUtils.hasText(region) ? region : Region.US_EAST_1.id();
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

}
