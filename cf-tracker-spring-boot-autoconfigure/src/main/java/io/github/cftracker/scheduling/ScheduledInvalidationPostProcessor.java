package io.github.cftracker.scheduling;

import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/**
 * Post-processor that schedules only the job of the tracker. {@code @EnableScheduling} in
 * a starter would start the application's own {@code @Scheduled} methods, which may be
 * disabled on purpose.
 */
public final class ScheduledInvalidationPostProcessor extends ScheduledAnnotationBeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof ScheduledInvalidation) ? super.postProcessAfterInitialization(bean, beanName) : bean;
	}

}
