package io.github.cftracker.cloudfront;

import java.time.Duration;

import io.github.cftracker.cloudfront.FailedCallException.Outcome;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.distribution.UnreadableDistributionException;
import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionConfigRequest;

/**
 * {@link DistributionClient} for the AWS SDK. Behaviors whose cache policy may not be
 * read have no policy. Each call is one attempt, which takes 30 seconds at most.
 */
public final class SdkDistributionClient implements DistributionClient {

	private static final Logger logger = LoggerFactory.getLogger(SdkDistributionClient.class);

	private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

	private final CloudFrontCalls calls;

	/**
	 * Create a client.
	 * @param connection the connection with the SDK's client
	 * @param distributionId the id of the distribution
	 */
	public SdkDistributionClient(CloudFrontConnection connection, String distributionId) {
		this(connection, distributionId, TIME_LIMIT);
	}

	SdkDistributionClient(CloudFrontConnection connection, String distributionId, Duration timeLimit) {
		this.calls = new CloudFrontCalls(connection, distributionId, timeLimit);
	}

	@Override
	public Distribution read() {
		try {
			return new DistributionReading(this.calls, config()).distribution();
		}
		catch (FailedCallException ex) {
			throw (ex.getCause() instanceof LinkageError missing) ? unsupported(missing) : unreadable(ex);
		}
		catch (LinkageError ex) {
			throw unsupported(ex);
		}
	}

	private DistributionConfig config() {
		return this.calls.make("GetDistributionConfig", (client, attempt) -> {
			DistributionConfig config = client
				.getDistributionConfig(GetDistributionConfigRequest.builder()
					.id(this.calls.distributionId())
					.overrideConfiguration(attempt)
					.build())
				.distributionConfig();
			boolean complete = config != null && config.origins() != null && config.defaultCacheBehavior() != null;
			return complete ? config : null;
		});
	}

	private static UnreadableDistributionException unsupported(LinkageError ex) {
		logger.debug("The AWS SDK does not have what is needed", ex);
		return new UnreadableDistributionException(SdkVersion.tooOld() + ", " + ex, Reason.UNSUPPORTED, null);
	}

	private static UnreadableDistributionException unreadable(FailedCallException ex) {
		// Further lines may hold signed headers, including a session token
		String message = LogText.firstLine(ex.getMessage());
		if (ex.status() == 404) {
			return new UnreadableDistributionException(message, Reason.UNKNOWN, ex.hint());
		}
		boolean refused = ex.outcome() == Outcome.REFUSED || ex.outcome() == Outcome.NOT_MADE;
		// The SDK corrects its time after the first error about the clock
		boolean denied = refused && ex.hint() != null && !RefusalHint.isAboutTheClock(ex.code(), message);
		String fix = ex.hint();
		if (fix != null && fix.startsWith(RefusalHint.GRANT)) {
			fix += ", and grant 'cloudfront:GetCachePolicy'";
		}
		return new UnreadableDistributionException(message, denied ? Reason.DENIED : Reason.TEMPORARY, fix);
	}

}
