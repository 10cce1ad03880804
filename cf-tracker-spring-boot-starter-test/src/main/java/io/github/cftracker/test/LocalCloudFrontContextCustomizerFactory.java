package io.github.cftracker.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Finds {@link AutoConfigureLocalCloudFront} on test classes, also around nested ones.
 */
class LocalCloudFrontContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		AutoConfigureLocalCloudFront annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureLocalCloudFront.class);
		return (annotation != null)
				? new LocalCloudFrontContextCustomizer(annotation.distributionId(), annotation.completesAfterMillis())
				: null;
	}

}
