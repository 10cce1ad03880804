package io.github.cftracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cache tags for the responses of a Spring MVC handler method:
 * {@code @CacheTags({"product:#{#id}", "brand:#{#model['brand'].name}"})}.
 * <p>
 * The values are templates: text with SpEL in <code>#{...}</code>. Variables are the
 * parameters by name ({@code #id}) and by position ({@code #p0}, {@code #a0}),
 * {@code #result}, and beans ({@code @urls}), as in {@link InvalidatesCloudFront}; here
 * also {@code #model} and its attributes by name, unless a parameter has that name.
 * {@code #result} of a method that returns a {@code Callable}, a {@code DeferredResult}
 * or a future is its result. An expression with several values, which are the elements of
 * an {@link Iterable}, an array or a stream, makes as many tags; several of them make
 * every combination. A tag with a part that is {@code null} or blank is omitted.
 * <p>
 * A malformed template stops the start, and so does an unknown variable if the model can
 * have no attributes. A tag that cannot be evaluated is omitted and logged once, and the
 * page is served.
 * <p>
 * Tags are made before the body is written. If a method writes the body itself, they may
 * be too late for CloudFront. A method that throws has none.
 *
 * @see ResponseTags
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface CacheTags {

	/**
	 * Return the templates of the tags.
	 * @return the templates
	 */
	String[] value();

}
