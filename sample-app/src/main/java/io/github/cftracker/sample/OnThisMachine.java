package io.github.cftracker.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;

/**
 * Marks what there is only where CloudFront is a local one, and not for
 * {@code cf.tracker.run-once}: such a run starts beside the sample, and speaks to the
 * CloudFront that this one has started.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Profile("!aws")
@ConditionalOnBooleanProperty(name = "cf.tracker.run-once", havingValue = false, matchIfMissing = true)
@interface OnThisMachine {

}
