package io.github.cftracker.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Hints for the classes that are looked up by name at run time. Without them a native
 * image finds none.
 */
final class OptionalClassHints implements RuntimeHintsRegistrar {

	static final String ASSUMED_ROLE = "software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider";

	static final String CLOUDFRONT = "software.amazon.awssdk.services.cloudfront.CloudFrontClient";

	static final String LETTUCE = "io.lettuce.core.RedisClient";

	static final String SPRING_DATA_REDIS = "org.springframework.data.redis.connection.RedisConnectionFactory";

	static final String URL_CONNECTION = "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient";

	static final List<String> CLASSES = List.of(ASSUMED_ROLE, CLOUDFRONT, LETTUCE, SPRING_DATA_REDIS, URL_CONNECTION);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		CLASSES.forEach((name) -> hints.reflection().registerTypeIfPresent(classLoader, name));
	}

}
