package io.github.cftracker.scheduling;

import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/**
 * Schedules our job alone. {@code @EnableScheduling} in a starter would start the
 * application's own {@code @Scheduled} methods, which it may have left dormant.
 */
public final class ScheduledInvalidationPostProcessor extends ScheduledAnnotationBeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof ScheduledInvalidation) ? super.postProcessAfterInitialization(bean, beanName) : bean;
	}

}
