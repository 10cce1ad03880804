package io.github.cftracker.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Condition that does not match below a context with a bean of a type: the tracker of
 * that context serves this one. Spring Boot's {@code SearchStrategy.ANCESTORS} fails in a
 * context without a parent.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnMissingParentBeanCondition.class)
@interface ConditionalOnMissingParentBean {

	/**
	 * Return the type of the bean.
	 * @return the type
	 */
	Class<?> value();

}
