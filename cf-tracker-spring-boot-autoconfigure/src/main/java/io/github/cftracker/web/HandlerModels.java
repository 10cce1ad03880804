package io.github.cftracker.web;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.method.HandlerMethod;

/**
 * Models of handler methods. A model is known to have no attributes if the method writes
 * a body, all its parameters are values of the request, and neither the controller nor an
 * advice adds attributes.
 */
final class HandlerModels {

	private static final List<Class<? extends Annotation>> REQUEST_VALUES = List.of(PathVariable.class,
			RequestParam.class, RequestHeader.class, CookieValue.class, MatrixVariable.class, RequestAttribute.class,
			SessionAttribute.class, RequestBody.class, RequestPart.class);

	private final ApplicationContext context;

	private @Nullable Boolean advised;

	HandlerModels(ApplicationContext context) {
		this.context = context;
	}

	boolean hasNoAttributes(HandlerMethod handler) {
		return writesBody(handler)
				&& Arrays.stream(handler.getMethodParameters()).allMatch(HandlerModels::isRequestValue)
				&& !addsAttributes(handler.getBeanType()) && !isAdvised();
	}

	private boolean isAdvised() {
		if (this.advised == null) {
			this.advised = Arrays
				.stream(BeanFactoryUtils.beanNamesForAnnotationIncludingAncestors(this.context, ControllerAdvice.class))
				.anyMatch((name) -> addsAttributes(this.context.getType(name)));
		}
		return this.advised;
	}

	private static boolean writesBody(HandlerMethod handler) {
		return handler.hasMethodAnnotation(ResponseBody.class)
				|| AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), ResponseBody.class)
				|| HttpEntity.class.isAssignableFrom(handler.getReturnType().getParameterType());
	}

	private static boolean isRequestValue(MethodParameter parameter) {
		return !parameter.hasParameterAnnotation(ModelAttribute.class) && isSimpleValue(parameter);
	}

	private static boolean isSimpleValue(MethodParameter parameter) {
		return BeanUtils.isSimpleProperty(parameter.getParameterType())
				|| REQUEST_VALUES.stream().anyMatch(parameter::hasParameterAnnotation);
	}

	private static boolean addsAttributes(@Nullable Class<?> type) {
		return type == null || AnnotatedElementUtils.hasAnnotation(type, SessionAttributes.class)
				|| Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
					.anyMatch((method) -> AnnotatedElementUtils.hasAnnotation(method, ModelAttribute.class));
	}

}
