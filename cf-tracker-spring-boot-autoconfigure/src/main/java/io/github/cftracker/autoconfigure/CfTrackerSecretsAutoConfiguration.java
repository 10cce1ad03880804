package io.github.cftracker.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.actuate.SecretSanitizer;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration that keeps the tracker's secrets out of the actuator's endpoints,
 * also if the tracker is off and its properties are set.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(SanitizingFunction.class)
@Conditional(CfTrackerSecretsAutoConfiguration.OnSecrets.class)
public final class CfTrackerSecretsAutoConfiguration {

	@Bean
	SecretSanitizer cfTrackerSecretSanitizer(Environment environment) {
		return new SecretSanitizer(secrets(environment));
	}

	private static List<String> secrets(Environment environment) {
		List<String> secrets = new ArrayList<>();
		// Unlike the environment, a binder accepts variables that are not set
		Binder binder = Binder.get(environment);
		for (String name : List.of("access-key", "secret-key", "session-token", "redis-url")) {
			String value = binder.bind("cf.tracker." + name, String.class).orElse("");
			if (StringUtils.hasText(value)) {
				secrets.add(value);
				addPassword(secrets, value);
			}
		}
		binder.bind("cf.tracker.tracking.secret-header.values", Bindable.listOf(String.class)).ifBound(secrets::addAll);
		return secrets;
	}

	private static void addPassword(List<String> secrets, String value) {
		int start = value.indexOf("://");
		int end = value.lastIndexOf('@');
		if (start != -1 && end > start) {
			String userInfo = value.substring(start + 3, end);
			String password = userInfo.substring(userInfo.indexOf(':') + 1);
			secrets.add(password);
			try {
				secrets.add(StringUtils.uriDecode(password, StandardCharsets.UTF_8));
			}
			catch (IllegalArgumentException ex) {
				// Not percent-encoded, so the plain value is the password
			}
		}
	}

	/**
	 * Condition that matches if there may be a secret. Ahead-of-time processing does not
	 * know the secrets of the run time, so it always matches then.
	 */
	static class OnSecrets implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			return Activation.of(environment) == Activation.ACTIVE
					|| environment.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false)
					|| !secrets(environment).isEmpty();
		}

	}

}
