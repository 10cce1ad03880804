package io.github.cftracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Invalidation after the method of a bean has returned: after the commit of the
 * transaction in which it was called, or immediately without one. All requests of a
 * transaction are one run. Nothing is invalidated if the method throws, or if its
 * transaction or savepoint is rolled back.
 * <p>
 * All attributes hold templates: text with SpEL in <code>#{...}</code>. Variables are the
 * parameters by name ({@code #product}) and by position ({@code #p0}, {@code #a0}),
 * {@code #result}, and beans ({@code @urls}), as in {@link CacheTags}. An expression with
 * several values, which are the elements of an {@link Iterable}, an array or a stream,
 * makes as many values of the template; several of them make every combination:
 * <pre class="code">
 * &#64;InvalidatesCloudFront(tags = { "product:#{#product.id}", "brand:#{#result.brand}" })
 * &#64;InvalidatesCloudFront(tags = "product:#{#ids}")
 * </pre> A value with a part that is {@code null} or blank is omitted with a warning. A
 * template that cannot work, such as one with an unknown variable, stops the creation of
 * the bean. One that cannot be evaluated is logged as an error, and neither the method
 * nor its transaction fails. A transactional bean that an expression calls may still mark
 * the transaction rollback-only.
 * <p>
 * Only calls through the proxy count, as with {@code @Transactional}: not a call from the
 * bean itself, nor a private, static or final method. The proxy is called inside that of
 * {@code @Transactional}. If a method ends transactions itself, or if AspectJ weaves its
 * {@code @Transactional}, only its return counts. A
 * {@link java.util.concurrent.CompletionStage} counts as returned when it has completed.
 * Publishers and suspending functions are rejected.
 * <p>
 * The annotation may be on other annotations and on methods of interfaces. If an
 * overriding method has the annotation, only that one counts.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface InvalidatesCloudFront {

	/**
	 * Return exact paths, and prefixes that end in {@code *}. They are sent as they are,
	 * tracked or not. Values of expressions must be percent-encoded.
	 * @return templates of paths
	 */
	String[] paths() default {};

	/**
	 * Return Spring path patterns that select tracked paths.
	 * @return templates of patterns
	 */
	String[] matching() default {};

	/**
	 * Return MVC mappings of the application, with or without the context path. They
	 * select the tracked paths that they have rendered. A mapping that does not exist is
	 * logged at startup, unless it contains expressions.
	 * @return templates of mappings
	 */
	String[] routes() default {};

	/**
	 * Return cache tags, in any characters.
	 * @return templates of tags
	 */
	String[] tags() default {};

	/**
	 * Return whether everything tracked is invalidated, whatever the other attributes
	 * are.
	 * @return whether everything is invalidated
	 */
	boolean everything() default false;

}
