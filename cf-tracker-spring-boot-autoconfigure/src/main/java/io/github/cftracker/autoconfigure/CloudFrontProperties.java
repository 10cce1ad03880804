package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsClientProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;

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
