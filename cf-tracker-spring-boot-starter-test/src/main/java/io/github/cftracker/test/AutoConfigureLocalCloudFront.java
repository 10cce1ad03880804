package io.github.cftracker.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application context of a test class a {@link LocalCloudFront}: it is a bean,
 * {@code cf.tracker.endpoint}, {@code .region}, {@code .access-key}, {@code .secret-key}
 * and {@code .distribution-id} point to it before any other property source, its edge
 * stands in front of {@code local.server.port}, and it stops after the last bean of the
 * context. The application's session token, role, CloudFront clients and connection
 * details have no effect.
 * <p>
 * A context that is cached between test classes keeps its CloudFront, with its books and
 * cached objects: call {@link LocalCloudFront#clear()} before each test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureLocalCloudFront {

	/**
	 * The id of the distribution.
	 * @return the id, or empty for the default of {@link LocalCloudFront}
	 */
	String distributionId() default "";

	/**
	 * How long invalidations stay {@code InProgress}.
	 * @return the time in milliseconds
	 */
	long completesAfterMillis() default 100;

}
