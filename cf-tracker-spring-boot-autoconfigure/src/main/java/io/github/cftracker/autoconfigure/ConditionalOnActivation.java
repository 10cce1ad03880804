package io.github.cftracker.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches an {@link Activation}, by default an active tracker.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnActivationCondition.class)
@interface ConditionalOnActivation {

	/**
	 * Return the activations that match.
	 * @return one or more
	 */
	Activation[] value() default Activation.ACTIVE;

}
