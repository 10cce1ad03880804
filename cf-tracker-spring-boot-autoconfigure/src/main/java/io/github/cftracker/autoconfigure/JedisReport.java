package io.github.cftracker.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Warning for an application that has excluded Lettuce to use Jedis. Spring Boot prefers
 * Lettuce, which the starter brings back, also if the tracker is off. Not a bean, because
 * there is none of ours in an application that is off.
 */
final class JedisReport implements ApplicationListener<ApplicationStartedEvent> {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	private static final String JEDIS = "redis.clients.jedis.Jedis";

	private static final String CLIENT_TYPE = "spring.data.redis.client-type";

	private static final String CHOSEN_LETTUCE = "org.springframework.boot.data.redis.autoconfigure.LettuceConnectionConfiguration";

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (context.containsBeanDefinition(CHOSEN_LETTUCE) && ClassUtils.isPresent(JEDIS, context.getClassLoader())
				&& !context.getEnvironment().containsProperty(CLIENT_TYPE)) {
			logger.warn("The application has Jedis and Lettuce, which is a dependency of cf-tracker. Spring Boot "
					+ "connects it to Redis with Lettuce. Set '{}' to 'jedis' or 'lettuce'", CLIENT_TYPE);
		}
	}

}
