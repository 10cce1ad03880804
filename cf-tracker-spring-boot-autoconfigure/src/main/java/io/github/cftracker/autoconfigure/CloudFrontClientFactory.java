package io.github.cftracker.autoconfigure;

import java.net.URI;
import java.util.Objects;

import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.cloudfront.AssumedRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Factory of the tracker's own client. The endpoint and the credentials of
 * {@code cf.tracker} are set last, so that nothing of the application replaces them.
 */
final class CloudFrontClientFactory {

	private static final boolean URL_CONNECTION = ClassUtils.isPresent(OptionalClassHints.URL_CONNECTION,
			CloudFrontClientFactory.class.getClassLoader());

	private final CloudFrontProperties properties;

	private final ObjectProvider<AwsClientDefaults> defaults;

	private final ObjectProvider<AwsCredentialsProvider> applicationCredentials;

	private final ObjectProvider<CloudFrontClientCustomizer> customizers;

	CloudFrontClientFactory(CloudFrontProperties properties, ObjectProvider<AwsClientDefaults> defaults,
			ObjectProvider<AwsCredentialsProvider> applicationCredentials,
			ObjectProvider<CloudFrontClientCustomizer> customizers) {
		this.properties = properties;
		this.defaults = defaults;
		this.applicationCredentials = applicationCredentials;
		this.customizers = customizers;
	}

	CloudFrontClient build() {
		CloudFrontClientBuilder builder = CloudFrontClient.builder();
		prepare(builder, !this.properties.isExplicit());
		Boolean dualstack = this.properties.getDualstackEnabled();
		if (dualstack != null) {
			// The SDK does not accept it with an endpoint
			builder.dualstackEnabled(dualstack && endpoint() == null);
		}
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		URI endpoint = this.properties.getEndpoint();
		if (endpoint != null) {
			// The SDK accepts neither with an endpoint
			builder.endpointOverride(endpoint).dualstackEnabled(false).fipsEnabled(false);
		}
		AwsCredentialsProvider credentials = credentials();
		if (credentials != null) {
			builder.credentialsProvider(credentials);
		}
		return build(builder);
	}

	/**
	 * Return the endpoint of CloudFront's client.
	 * @return the endpoint, or {@code null} for that of AWS
	 */
	@Nullable AwsEndpoint endpoint() {
		URI endpoint = this.properties.getEndpoint();
		if (endpoint != null) {
			return new AwsEndpoint(endpoint, "'cf.tracker.endpoint'");
		}
		AwsClientDefaults defaults = this.defaults.getIfAvailable();
		return (defaults != null) ? defaults.endpoint(!this.properties.isExplicit()) : null;
	}

	private static <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C build(B builder) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			// A customizer has set an HTTP client, and the SDK does not accept two
			return builder.httpClientBuilder(null).build();
		}
	}

	private @Nullable AwsCredentialsProvider credentials() {
		return this.properties.hasRole() ? assumedRole() : this.properties.hasKeys() ? keys() : null;
	}

	private AwsCredentialsProvider keys() {
		String accessKey = this.properties.getAccessKey();
		String secretKey = this.properties.getSecretKey();
		String sessionToken = this.properties.getSessionToken();
		return StaticCredentialsProvider
			.create(StringUtils.hasText(sessionToken) ? AwsSessionCredentials.create(accessKey, secretKey, sessionToken)
					: AwsBasicCredentials.create(accessKey, secretKey));
	}

	private AwsCredentialsProvider assumedRole() {
		StsClientBuilder builder = StsClient.builder();
		// A role of AWS comes from AWS, and one of an emulator from the emulator
		prepare(builder, this.properties.getEndpoint() != null && !this.properties.hasKeys());
		if (this.properties.hasKeys()) {
			builder.credentialsProvider(keys());
		}
		return new AssumedRole(build(builder), Objects.requireNonNull(this.properties.getRoleArn()));
	}

	private <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> void prepare(B builder,
			boolean connectionDetails) {
		if (URL_CONNECTION) {
			// The SDK would prefer Apache HttpClient if the application has it
			builder.httpClientBuilder(UrlConnectionHttpClient.builder());
		}
		AwsClientDefaults defaults = this.defaults.getIfAvailable();
		if (defaults != null) {
			defaults.configure(builder, this.properties.getRegion(), connectionDetails);
		}
		AwsCredentialsProvider credentials = this.applicationCredentials.getIfUnique();
		if (credentials != null) {
			// The SDK would close the application's provider with our client
			builder.credentialsProvider(() -> credentials.resolveCredentials());
		}
		if (defaults != null) {
			defaults.customize(builder);
		}
		builder.region(Region.of(this.properties.getRegion()));
	}

}
