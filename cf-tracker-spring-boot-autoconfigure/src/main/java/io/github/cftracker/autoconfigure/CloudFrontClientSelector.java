package io.github.cftracker.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.cftracker.cloudfront.CloudFrontConnection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Selector of the CloudFront client: the tracker's own if the properties name an
 * endpoint, keys or a role, else the application's. It uses bean definitions, because a
 * client is created when it is first used.
 */
final class CloudFrontClientSelector {

	private final CloudFrontProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	CloudFrontClientSelector(CloudFrontProperties properties, ConfigurableListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the connection.
	 * @param own builds the tracker's own client
	 * @throws CfTrackerConfigurationException if Spring cannot choose between several
	 * clients of the application
	 */
	CloudFrontConnection select(CloudFrontClientFactory own) {
		String bean = applicationClient();
		return (bean != null)
				? CloudFrontConnection.using(() -> this.beanFactory.getBean(bean, CloudFrontClient.class),
						"bean '" + bean + "'" + ignored())
				: CloudFrontConnection.own(own::build, () -> "cf-tracker (" + settings(own.endpoint()) + ")");
	}

	@Nullable String applicationClient() {
		List<String> names = this.properties.isExplicit() ? List.of() : names(CloudFrontClient.class);
		if (names.size() > 1) {
			String problem = isPrimary(names.get(0)) ? "The application has several primary CloudFront clients: %s."
					: "The application has several CloudFront clients, and none is primary: %s.";
			throw new CfTrackerConfigurationException(problem.formatted(String.join(", ", names)),
					"Mark only one of them as @Primary, or set 'cf.tracker.access-key' and 'cf.tracker.secret-key', "
							+ "'cf.tracker.role-arn' or 'cf.tracker.endpoint' for a client of the tracker.");
		}
		return names.isEmpty() ? null : names.get(0);
	}

	private String ignored() {
		List<String> names = new ArrayList<>();
		if (!this.properties.getRegion().equals(new CloudFrontProperties().getRegion())) {
			names.add("'cf.tracker.region'");
		}
		if (this.properties.getDualstackEnabled() != null) {
			names.add("'cf.tracker.dualstack-enabled'");
		}
		return names.isEmpty() ? "" : " (ignores " + String.join(" and ", names) + ")";
	}

	private String settings(@Nullable AwsEndpoint endpoint) {
		String settings = "credentials " + credentials();
		if (endpoint == null) {
			return settings;
		}
		return settings + ", endpoint " + endpoint + (Boolean.TRUE.equals(this.properties.getDualstackEnabled())
				? ", which ignores 'cf.tracker.dualstack-enabled'" : "");
	}

	private String credentials() {
		if (this.properties.hasRole()) {
			return "of role " + this.properties.getRoleArn();
		}
		if (this.properties.hasKeys()) {
			return "of 'cf.tracker.access-key'";
		}
		List<String> providers = names(AwsCredentialsProvider.class);
		return (providers.size() == 1) ? "of bean '" + providers.get(0) + "'" : "of the AWS default chain";
	}

	/**
	 * Return the beans among which Spring cannot choose, or the one that it would inject.
	 */
	private List<String> names(Class<?> type) {
		List<String> names = Stream
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false))
			.filter((name) -> is(name, CloudFrontClientSelector::isCandidate, true))
			.toList();
		List<String> primary = names.stream().filter(this::isPrimary).toList();
		if (!primary.isEmpty()) {
			// One of this context wins over one of a parent
			List<String> local = primary.stream().filter(this.beanFactory::containsBeanDefinition).toList();
			return local.isEmpty() ? primary : local;
		}
		List<String> regular = names.stream().filter((name) -> !is(name, BeanDefinition::isFallback, false)).toList();
		return (regular.size() == 1) ? regular : names;
	}

	private boolean isPrimary(String name) {
		return is(name, BeanDefinition::isPrimary, false);
	}

	private static boolean isCandidate(BeanDefinition definition) {
		return definition.isAutowireCandidate()
				&& !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate());
	}

	private boolean is(String name, Predicate<BeanDefinition> condition, boolean otherwise) {
		try {
			return condition.test(this.beanFactory.getMergedBeanDefinition(name));
		}
		catch (NoSuchBeanDefinitionException ex) {
			// A singleton that was registered as an instance
			return otherwise;
		}
	}

}
