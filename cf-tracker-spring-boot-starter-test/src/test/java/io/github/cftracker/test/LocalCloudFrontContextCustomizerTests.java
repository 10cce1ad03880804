package io.github.cftracker.test;

import java.net.ConnectException;
import java.net.Socket;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LocalCloudFrontContextCustomizerTests {

	private final ContextCustomizerFactory factory = new LocalCloudFrontContextCustomizerFactory();

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ContextCustomizerFactory.class))
			.hasAtLeastOneElementOfType(LocalCloudFrontContextCustomizerFactory.class);
	}

	@Test
	void isEqualByAttributes() {
		assertThat(customizer(Default.class)).isEqualTo(customizer(OtherDefault.class))
			.hasSameHashCodeAs(customizer(Inherits.class))
			.isEqualTo(customizer(Inherits.class))
			.isNotEqualTo(customizer(OtherDistribution.class))
			.isNotEqualTo(customizer(OtherTime.class));
	}

	@Test
	void ignoresClassesWithoutAnnotation() {
		assertThat(customizer(Object.class)).isNull();
	}

	@Test
	void usesAttributes() {
		try (GenericApplicationContext context = context(OtherDistribution.class)) {
			context.refresh();
			assertThat(context.getBean(LocalCloudFront.class).distributionId()).isEqualTo("E123");
			assertThat(context.getEnvironment().getProperty("cf.tracker.distribution-id")).isEqualTo("E123");
		}
	}

	@Test
	void stopsAfterTheLastBeanOfTheContext() {
		GenericApplicationContext context = context(Default.class);
		context.registerBean(UsesCloudFrontWhenStopping.class);
		context.refresh();
		LocalCloudFront cloudFront = context.getBean(LocalCloudFront.class);
		UsesCloudFrontWhenStopping bean = context.getBean(UsesCloudFrontWhenStopping.class);
		context.close();
		assertThat(bean.reached).isTrue();
		assertStopped(cloudFront);
	}

	@Test
	void stopsWhenTheContextDoesNotStart() {
		GenericApplicationContext context = context(Default.class);
		LocalCloudFront cloudFront = context.getBeanFactory().getBean(LocalCloudFront.class);
		context.registerBean("broken", Object.class, () -> {
			throw new IllegalStateException("broken");
		});
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(context::refresh);
		assertStopped(cloudFront);
	}

	private static void assertStopped(LocalCloudFront cloudFront) {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(cloudFront));
	}

	private static void connect(LocalCloudFront cloudFront) throws Exception {
		new Socket(cloudFront.endpoint().getHost(), cloudFront.endpoint().getPort()).close();
	}

	private GenericApplicationContext context(Class<?> testClass) {
		GenericApplicationContext context = new AnnotationConfigApplicationContext();
		customizer(testClass).customizeContext(context,
				new MergedContextConfiguration(testClass, null, null, null, null));
		return context;
	}

	private ContextCustomizer customizer(Class<?> testClass) {
		return this.factory.createContextCustomizer(testClass, List.of());
	}

	static class UsesCloudFrontWhenStopping implements DisposableBean {

		private final LocalCloudFront cloudFront;

		private boolean reached;

		@Autowired
		UsesCloudFrontWhenStopping(LocalCloudFront cloudFront) {
			this.cloudFront = cloudFront;
		}

		@Override
		public void destroy() throws Exception {
			connect(this.cloudFront);
			this.reached = true;
		}

	}

	@AutoConfigureLocalCloudFront
	static class Default {

	}

	@AutoConfigureLocalCloudFront
	static class OtherDefault {

	}

	static class Inherits extends Default {

	}

	@AutoConfigureLocalCloudFront(distributionId = "E123")
	static class OtherDistribution {

	}

	@AutoConfigureLocalCloudFront(completesAfterMillis = 5)
	static class OtherTime {

	}

}
