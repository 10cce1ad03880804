package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.cftracker.InvalidatesCloudFront;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Pointcut of the methods that have the annotation. All methods of a class are read when
 * its first bean is created, and an invalid annotation prevents that. Otherwise methods
 * behind a JDK proxy would fail only when they are called.
 */
final class AnnotatedMethods extends StaticMethodMatcherPointcut {

	private final Map<Class<?>, Boolean> classes = new ConcurrentHashMap<>();

	private final Map<Class<?>, Boolean> inheriting = new ConcurrentHashMap<>();

	private final Map<Method, AnnotatedMethod> annotated = new ConcurrentHashMap<>();

	private final Map<MethodClassKey, Optional<AnnotatedMethod>> methods = new ConcurrentHashMap<>();

	@Override
	public ClassFilter getClassFilter() {
		return (type) -> this.classes.computeIfAbsent(type, this::hasAnnotations);
	}

	private boolean hasAnnotations(Class<?> type) {
		if (!inheritsAnnotations(type)) {
			return false;
		}
		Set<Class<?>> types = new LinkedHashSet<>();
		types.add(ClassUtils.getUserClass(type));
		types.addAll(ClassUtils.getAllInterfacesForClassAsSet(type));
		boolean found = false;
		for (Class<?> declaring : types) {
			for (Method method : ReflectionUtils.getAllDeclaredMethods(declaring)) {
				AnnotatedMethod read = read(method, type);
				if (read != null) {
					this.annotated.put(read.method(), read);
					found = true;
				}
			}
		}
		return found;
	}

	/**
	 * Return whether a class, or a class or an interface above it, declares an annotated
	 * method. Each class is read once; to search from each method of each bean takes 55
	 * ms of the start of an application without its own beans.
	 */
	private boolean inheritsAnnotations(Class<?> type) {
		Boolean known = this.inheriting.get(type);
		if (known == null) {
			known = declaresAnnotations(type)
					|| Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
						.anyMatch(this::inheritsAnnotations);
			this.inheriting.put(type, known);
		}
		return known;
	}

	private static boolean declaresAnnotations(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, InvalidatesCloudFront.class)
				&& Stream.of(ReflectionUtils.getDeclaredMethods(type))
					.anyMatch((method) -> MergedAnnotations.from(method).isPresent(InvalidatesCloudFront.class));
	}

	private static @Nullable AnnotatedMethod read(Method method, @Nullable Class<?> targetClass) {
		return (method.getDeclaringClass() == Object.class) ? null
				: AnnotationReader.read(AopUtils.getMostSpecificMethod(method, targetClass));
	}

	/**
	 * Return the annotated methods of all beans that were created.
	 */
	Collection<AnnotatedMethod> annotated() {
		return this.annotated.values();
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return find(method, targetClass) != null;
	}

	@Nullable AnnotatedMethod find(Method method, @Nullable Class<?> targetClass) {
		return this.methods
			.computeIfAbsent(new MethodClassKey(method, targetClass),
					(key) -> Optional.ofNullable(read(method, targetClass)))
			.orElse(null);
	}

}
