package io.github.cftracker.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition of {@link ConditionalOnMissingParentBean}.
 */
class OnMissingParentBeanCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Class<?> type = metadata.getAnnotations().get(ConditionalOnMissingParentBean.class).getClass("value");
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		BeanFactory parent = (beanFactory != null) ? beanFactory.getParentBeanFactory() : null;
		List<String> found = (parent instanceof ListableBeanFactory listable)
				? List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(listable, type, true, false)) : List.of();
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnMissingParentBean.class, type);
		return found.isEmpty() ? ConditionOutcome.match(message.didNotFind("bean of a parent context").atAll())
				: ConditionOutcome
					.noMatch(message.found("bean of a parent context", "beans of a parent context").items(found));
	}

}
