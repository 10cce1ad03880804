package io.github.cftracker.transaction;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.Selection;
import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;

/**
 * Lets proxies act on {@link InvalidatesCloudFront}.
 * <p>
 * With the lowest precedence, which is the default, it is called inside of
 * {@code @Transactional}, and so before the commit. Where it is outside, a transaction
 * that has ended without an exception is taken for committed, also where it was marked
 * rollback-only.
 */
public final class InvalidatesCloudFrontAdvisor extends AbstractPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	private final transient AnnotatedMethods methods = new AnnotatedMethods();

	private final transient Advice advice;

	/**
	 * Create an advisor.
	 * @param invalidator what to ask, looked for when the first method has returned
	 * @param check throws {@link io.github.cftracker.InvalidRequestException} for what
	 * cannot be selected
	 * @param beanFactory the beans that expressions may name
	 */
	public InvalidatesCloudFrontAdvisor(Supplier<AfterCommitInvalidator> invalidator, Consumer<Selection> check,
			BeanFactory beanFactory) {
		this.advice = new InvalidatingInterceptor(this.methods, invalidator, check, beanFactory);
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
