package io.github.cftracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Labels what a Spring MVC handler method answers with cache tags:
 * {@code @CacheTags({"product:#{#id}", "brand:#{#model['brand'].name}"})}.
 * <p>
 * Variables are the parameters of the method ({@code #id}), the attributes of the model
 * by their names where no parameter is called so, the whole model ({@code #model}), and
 * what the method returned ({@code #result}), or what came of it where that is a
 * {@code Callable}, a {@code DeferredResult} or a future. Tags are made before the body
 * is written; so of a method that writes it itself they may come too late for CloudFront.
 * A method that throws leaves none.
 * <p>
 * An expression that yields a collection or an array stands for as many tags. A tag with
 * a part that is {@code null} or blank is left out, and so is one that cannot be
 * evaluated: that is logged once, and the page is served.
 *
 * @see ResponseTags
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface CacheTags {

	/**
	 * The tags.
	 * @return texts with SpEL expressions in <code>#{...}</code>
	 */
	String[] value();

}
