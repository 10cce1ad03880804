package io.github.cftracker.transaction;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Asks for what the annotation names once a method has returned. Nothing that goes wrong
 * here reaches the caller.
 */
final class InvalidatingInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(InvalidatesCloudFront.class);

	private final AnnotatedMethods methods;

	private final Supplier<AfterCommitInvalidator> invalidator;

	private final Consumer<Selection> check;

	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	InvalidatingInterceptor(AnnotatedMethods methods, Supplier<AfterCommitInvalidator> invalidator,
			Consumer<Selection> check, BeanFactory beanFactory) {
		this.methods = methods;
		this.invalidator = invalidator;
		this.check = check;
		this.shared.setBeanResolver(new BeanFactoryResolver(beanFactory));
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object result = invocation.proceed();
		Object target = invocation.getThis();
		AnnotatedMethod method = this.methods.find(invocation.getMethod(), (target != null) ? target.getClass() : null);
		if (method != null) {
			returned(method, invocation.getArguments(), result);
		}
		return result;
	}

	private void returned(AnnotatedMethod method, @Nullable Object[] arguments, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, failure) -> {
				if (failure == null) {
					invalidate(method, arguments, value);
				}
			});
		}
		else {
			invalidate(method, arguments, result);
		}
	}

	private void invalidate(AnnotatedMethod method, @Nullable Object[] arguments, @Nullable Object result) {
		try {
			InvalidationRequest request = method.request(context(method, arguments, result), this.check);
			if (request != null) {
				this.invalidator.get().invalidate(request);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error(
					"@InvalidatesCloudFront on {} failed and nothing was invalidated. Invalidate the changed pages manually",
					AnnotatedMethod.name(method.method()), ex);
		}
	}

	private EvaluationContext context(AnnotatedMethod method, @Nullable Object[] arguments, @Nullable Object result) {
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(null, method.method(), arguments,
				DefaultParameterNameDiscoverer.getSharedInstance());
		this.shared.applyDelegatesTo(context);
		context.setVariable("result", result);
		return context;
	}

}
