package io.github.cftracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Invalidates once the method of a bean has returned: after the commit of the transaction
 * it was called in, or at once where there is none. Whatever one transaction asks for is
 * one run. Nothing is invalidated when the method throws, or when its transaction or
 * savepoint is rolled back.
 * <p>
 * All attributes hold templates: text with SpEL in <code>#{...}</code>, over the
 * parameters by name ({@code #product}, also {@code #p0} and {@code #a0}),
 * {@code #result}, and beans ({@code @urls}). A template that is one expression may yield
 * a collection, an array or a stream, and then stands for each of its elements:
 * <pre class="code">
 * &#64;InvalidatesCloudFront(tags = { "product:#{#product.id}", "brand:#{#result.brand}" })
 * &#64;InvalidatesCloudFront(tags = "#{#ids.!['product:' + #this]}")
 * </pre> What is null or blank is left out with a warning, an empty collection without
 * one. An annotation that cannot work stops the creation of its bean; one that fails when
 * it is evaluated is logged as an error, and neither the method nor its transaction
 * fails. A transactional bean that an expression calls may still mark the transaction
 * rollback-only.
 * <p>
 * Only calls through the proxy count, as with {@code @Transactional}: no call from the
 * bean itself, no private or static method, no final one of a class. The proxy looks
 * inside of {@code @Transactional}; a method that ends transactions of its own, or whose
 * {@code @Transactional} is woven by AspectJ, is taken by its return alone. A
 * {@link java.util.concurrent.CompletionStage} counts as returned when it has completed;
 * publishers and suspending functions are refused.
 * <p>
 * May be put on other annotations, and on methods of interfaces. An overriding method
 * that has an annotation of its own counts alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface InvalidatesCloudFront {

	/**
	 * Exact paths, and prefixes that end in {@code *}, which are sent as they are,
	 * tracked or not. What expressions put in must be percent-encoded.
	 * @return templates of paths
	 */
	String[] paths() default {};

	/**
	 * Spring path patterns, which select tracked paths.
	 * @return templates of patterns
	 */
	String[] matching() default {};

	/**
	 * MVC mappings as the application has them, with or without the context path, which
	 * select the tracked paths that they have rendered. A mapping that does not exist is
	 * logged at the start, as far as it is known then.
	 * @return templates of mappings
	 */
	String[] routes() default {};

	/**
	 * Cache tags, in any characters.
	 * @return templates of tags
	 */
	String[] tags() default {};

	/**
	 * Whether everything tracked is invalidated, whatever else is named.
	 * @return whether it is everything
	 */
	boolean everything() default false;

}
