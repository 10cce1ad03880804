package io.github.cftracker.cloudfront;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.sts.StsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class CloudFrontConnectionTests {

	private final CloudFrontClient client = mock(CloudFrontClient.class);

	@Test
	void buildsAClientOnceAndClosesIt() {
		AtomicInteger built = new AtomicInteger();
		CloudFrontConnection connection = CloudFrontConnection.own(() -> {
			built.incrementAndGet();
			return this.client;
		}, () -> "own");
		assertThat(built).hasValue(0);
		assertThat(connection.client()).isSameAs(this.client).isSameAs(connection.client());
		assertThat(built).hasValue(1);
		connection.close();
		verify(this.client).close();
	}

	@Test
	void leavesAClientOfTheApplicationOpen() {
		CloudFrontConnection connection = CloudFrontConnection.using(() -> this.client, "bean");
		assertThat(connection.client()).isSameAs(this.client);
		connection.close();
		verify(this.client, never()).close();
	}

	@Test
	void buildsNothingAfterItIsClosed() {
		CloudFrontConnection connection = CloudFrontConnection.own(() -> this.client, () -> "own");
		connection.close();
		assertThatIllegalStateException().isThrownBy(connection::client);
		verify(this.client, never()).close();
	}

	@Test
	void closesTheClientOfAnAssumedRole() {
		StsClient sts = mock(StsClient.class);
		CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.credentialsProvider(new AssumedRole(sts, "arn:aws:iam::111122223333:role/cdn"))
			.build()
			.close();
		verify(sts, atLeastOnce()).close();
	}

}
