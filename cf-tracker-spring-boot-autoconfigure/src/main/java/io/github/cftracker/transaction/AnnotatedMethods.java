package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods that have the annotation. What is wrong with one keeps its bean from
 * being created, because this is asked for then.
 */
final class AnnotatedMethods extends StaticMethodMatcherPointcut {

	private final Map<MethodClassKey, Optional<AnnotatedMethod>> known = new ConcurrentHashMap<>();

	@Override
	public ClassFilter getClassFilter() {
		return (type) -> AnnotationUtils.isCandidateClass(type, InvalidatesCloudFront.class);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return find(method, targetClass) != null;
	}

	@Nullable AnnotatedMethod find(Method method, @Nullable Class<?> targetClass) {
		if (method.getDeclaringClass() == Object.class) {
			return null;
		}
		return this.known
			.computeIfAbsent(new MethodClassKey(method, targetClass),
					(key) -> Optional
						.ofNullable(AnnotationReader.read(AopUtils.getMostSpecificMethod(method, targetClass))))
			.orElse(null);
	}

}
