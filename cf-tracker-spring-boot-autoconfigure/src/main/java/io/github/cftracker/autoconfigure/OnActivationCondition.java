package io.github.cftracker.autoconfigure;

import java.util.Arrays;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition of {@link ConditionalOnActivation}.
 */
class OnActivationCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Activation[] wanted = metadata.getAnnotations()
			.get(ConditionalOnActivation.class)
			.getEnumArray("value", Activation.class);
		Activation activation = Activation.of(context.getEnvironment());
		ConditionMessage message = ConditionMessage.forCondition(ConditionalOnActivation.class)
			.found("activation")
			.items(activation);
		return new ConditionOutcome(Arrays.asList(wanted).contains(activation), message);
	}

}
