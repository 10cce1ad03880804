package io.github.cftracker.transaction;

import java.util.concurrent.CompletionStage;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.expression.TemplateContext;
import io.github.cftracker.run.RunPlanner;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Interceptor that requests what the annotation selects once a method has returned. No
 * failure reaches the caller.
 */
final class InvalidatingInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(InvalidatingInterceptor.class);

	private final AnnotatedMethods methods;

	private final ObjectProvider<AfterCommitInvalidator> invalidator;

	private final ObjectProvider<RunPlanner> planner;

	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	InvalidatingInterceptor(AnnotatedMethods methods, ObjectProvider<AfterCommitInvalidator> invalidator,
			ObjectProvider<RunPlanner> planner, BeanFactory beanFactory) {
		this.methods = methods;
		this.invalidator = invalidator;
		this.planner = planner;
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
			TemplateContext context = new TemplateContext(method.variables().values(arguments, result), this.shared);
			InvalidationRequest request = method.request(context, this.planner.getIfAvailable());
			if (request != null) {
				this.invalidator.getObject().invalidate(request);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error(
					"@InvalidatesCloudFront on {} failed and nothing was invalidated. Invalidate the changed pages manually",
					method.variables().methodName(), ex);
		}
	}

}
