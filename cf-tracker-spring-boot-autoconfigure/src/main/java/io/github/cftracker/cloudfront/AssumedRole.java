package io.github.cftracker.cloudfront;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of an IAM role, which are renewed before they expire. The client for AWS
 * STS is closed together with the CloudFront client that uses these credentials.
 */
public final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

	private static final String SESSION = "cf-tracker";

	private final StsClient client;

	private final StsAssumeRoleCredentialsProvider credentials;

	/**
	 * Create a provider.
	 * @param client the client for AWS STS, with credentials that may assume the role
	 * @param roleArn the ARN of the role
	 */
	public AssumedRole(StsClient client, String roleArn) {
		this.client = client;
		this.credentials = StsAssumeRoleCredentialsProvider.builder()
			.stsClient(client)
			.refreshRequest((request) -> request.roleArn(roleArn).roleSessionName(SESSION))
			.build();
	}

	@Override
	public AwsCredentials resolveCredentials() {
		return this.credentials.resolveCredentials();
	}

	@Override
	public void close() {
		this.credentials.close();
		this.client.close();
	}

}
