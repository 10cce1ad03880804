package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One attempt of a call: the SDK does not retry, and the call ends within a time limit.
 * It is applied to the request, so that it works for a client of the application too. A
 * shorter limit of the client is kept. Keeps the status and headers of the answer,
 * because the SDK does not expose them if it cannot read the body.
 */
final class Attempt implements Consumer<AwsRequestOverrideConfiguration.Builder>, SdkPlugin, ExecutionInterceptor {

	private final Duration timeLimit;

	private volatile @Nullable SdkHttpResponse answer;

	Attempt(Duration timeLimit) {
		this.timeLimit = timeLimit;
	}

	@Override
	public void accept(AwsRequestOverrideConfiguration.Builder request) {
		request.addPlugin(this);
	}

	@Override
	public void configureClient(SdkServiceClientConfiguration.Builder client) {
		client.overrideConfiguration(client.overrideConfiguration().copy((override) -> {
			Duration limit = override.apiCallTimeout();
			if (limit == null || limit.compareTo(this.timeLimit) > 0) {
				override.apiCallTimeout(this.timeLimit);
			}
			override.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(this);
		}));
	}

	@Override
	public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
		this.answer = context.httpResponse();
	}

	/**
	 * Return the status of the answer.
	 * @return the status, 0 without an answer
	 */
	int status() {
		SdkHttpResponse answer = this.answer;
		return (answer != null) ? answer.statusCode() : 0;
	}

	boolean isXml() {
		return header("Content-Type").toLowerCase(Locale.ROOT).contains("xml");
	}

	/**
	 * Return status and media type, such as {@code 200 text/html}.
	 * @return the description
	 */
	String description() {
		return (status() + " " + header("Content-Type").split(";", 2)[0]).strip();
	}

	/**
	 * Return the time in {@code Retry-After}. A date is not used, because the clocks of
	 * this machine and of a proxy differ.
	 * @return the time, {@code null} if the header is missing
	 */
	@Nullable Duration retryAfter() {
		String value = header("Retry-After").strip();
		return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
	}

	private String header(String name) {
		SdkHttpResponse answer = this.answer;
		return (answer != null) ? answer.firstMatchingHeader(name).orElse("") : "";
	}

}
