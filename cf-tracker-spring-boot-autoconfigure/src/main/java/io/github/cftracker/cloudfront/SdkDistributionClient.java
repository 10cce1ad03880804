package io.github.cftracker.cloudfront;

import java.util.function.Supplier;

import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.distribution.UnreadableDistributionException;
import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/**
 * A {@link DistributionClient} on the AWS SDK. A cache policy that may not be read leaves
 * its behaviors without one.
 */
public final class SdkDistributionClient implements DistributionClient {

	private final Supplier<CloudFrontClient> client;

	private final String distributionId;

	/**
	 * Create a client.
	 * @param client called at the first use, because building the SDK's client takes long
	 * @param distributionId the distribution
	 */
	public SdkDistributionClient(Supplier<CloudFrontClient> client, String distributionId) {
		this.client = client;
		this.distributionId = distributionId;
	}

	@Override
	public Distribution read() {
		try {
			CloudFrontClient client = this.client.get();
			return new DistributionReading(client,
					client.getDistributionConfig((request) -> request.id(this.distributionId)).distributionConfig())
				.distribution();
		}
		catch (AwsServiceException ex) {
			throw unreadable(ex);
		}
		catch (SdkException ex) {
			String message = String.valueOf(ex.getMessage());
			String hint = RefusalHint.of(message);
			throw new UnreadableDistributionException(message, (hint != null) ? Reason.DENIED : Reason.TEMPORARY, hint);
		}
	}

	private UnreadableDistributionException unreadable(AwsServiceException ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		String code = (details != null) ? String.valueOf(details.errorCode()) : "";
		String said = (details != null && details.errorMessage() != null) ? details.errorMessage()
				: String.valueOf(ex.getMessage());
		// Further lines may hold signed headers, a session token among them
		String message = said.lines().findFirst().orElse(code);
		String hint = RefusalHint.of(code, ex.statusCode(), "GetDistributionConfig", this.distributionId);
		if (ex.statusCode() == 404) {
			return new UnreadableDistributionException(message, Reason.UNKNOWN, hint);
		}
		if (hint != null && !RefusalHint.isAboutCredentials(code, ex.statusCode())) {
			hint += ", and grant 'cloudfront:GetCachePolicy'";
		}
		return new UnreadableDistributionException(message, (hint != null) ? Reason.DENIED : Reason.TEMPORARY, hint);
	}

}
