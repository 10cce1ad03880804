package io.github.cftracker.transaction;

import java.util.Collection;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.run.RunPlanner;
import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Advisor for proxies of beans with {@link InvalidatesCloudFront}.
 * <p>
 * With the lowest precedence, which is the default, it is called inside
 * {@code @Transactional}, and so before the commit. With a higher one it is called
 * outside. It then regards a transaction that ended without an exception as committed,
 * even if it was marked rollback-only.
 */
public final class InvalidatesCloudFrontAdvisor extends AbstractPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	private final transient AnnotatedMethods methods = new AnnotatedMethods();

	private final transient Advice advice;

	/**
	 * Create an advisor.
	 * @param invalidator receives the requests
	 * @param planner checks what is selected
	 * @param beanFactory the beans that expressions may name
	 */
	public InvalidatesCloudFrontAdvisor(ObjectProvider<AfterCommitInvalidator> invalidator,
			ObjectProvider<RunPlanner> planner, BeanFactory beanFactory) {
		this.advice = new InvalidatingInterceptor(this.methods, invalidator, planner, beanFactory);
	}

	@Override
	public Pointcut getPointcut() {
		return this.methods;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	Collection<AnnotatedMethod> methods() {
		return this.methods.annotated();
	}

}
