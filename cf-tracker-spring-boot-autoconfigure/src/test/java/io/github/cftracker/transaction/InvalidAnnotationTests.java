package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Flow;

import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.expression.InvalidAnnotationException;
import io.github.cftracker.testing.ParameterNames;
import org.junit.jupiter.api.Test;

import org.springframework.core.PrioritizedParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotations that cannot work stop the start.
 */
class InvalidAnnotationTests {

	@Test
	void emptyAnnotation() {
		assertStops(NamesNothing.class, "does not select anything");
	}

	@Test
	void malformedTemplate() {
		assertStops(Malformed.class, "'product:#{#id'");
	}

	@Test
	void malformedExpression() {
		assertStops(MalformedExpression.class, "'#{#id..x}'");
	}

	@Test
	void unknownParameter() {
		assertStops(UnknownParameter.class, "'#ids' is not a variable, use one of [#a0, #id, #p0]");
	}

	@Test
	void parameterWithoutSign() {
		assertStops(NoSign.class, "'id' is not a variable: variables start with '#'");
		assertStops(NoSignInArgument.class, "'other' is not a variable");
	}

	@Test
	void resultOfVoidMethod() {
		assertStops(NoResult.class, "'#result' is not a variable");
	}

	@Test
	void invalidLiteral() {
		assertStops(InvalidPath.class, "'products' must start with '/'");
		assertStops(Blank.class, "is blank");
	}

	@Test
	void unreachableMethod() {
		assertStops(PrivateMethod.class, "has no effect");
		assertStops(StaticMethod.class, "has no effect");
	}

	@Test
	void publisher() {
		assertStops(Publishes.class, "would invalidate too early");
	}

	@Test
	void secondMethodBehindJdkProxy() {
		Contexts.runner()
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("shop", SecondIsWrong.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("SecondIsWrong.second() does not select anything"));
	}

	@Test
	void acceptsNamesInsideCollections() {
		Contexts.runner().withBean(Fine.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void lastParameterOfSuspendFunctionNeedsNoName() {
		Method save = ClassUtils.getMethod(TwoParameters.class, "save", (Class<?>[]) null);
		assertThat(AnnotationReader.read(save, new ParameterNames("id"))).isNotNull();
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> AnnotationReader.read(save, new ParameterNames("ident")))
			.withMessageContaining("'#id' is not a variable, use one of [#a0, #a1, #ident, #p0, #p1]");
	}

	@Test
	void fixNamesTheOptionsOfBothCompilers() {
		Method save = ClassUtils.getMethod(TwoParameters.class, "save", (Class<?>[]) null);
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> AnnotationReader.read(save, new PrioritizedParameterNameDiscoverer()))
			.satisfies((ex) -> assertThat(ex.action()).contains("'-parameters'", "'-java-parameters'"));
	}

	private static void assertStops(Class<?> type, String message) {
		Contexts.runner().withBean("shop", type).run((context) -> {
			assertThat(context).getFailure()
				.hasMessageContaining("'shop'")
				.hasMessageContaining("@InvalidatesCloudFront")
				.hasMessageContaining(type.getName() + ".save()")
				.hasMessageContaining(message);
			assertThat(context).getFailure().rootCause().isNotNull();
		});
	}

	static class NamesNothing {

		@InvalidatesCloudFront
		void save() {
		}

	}

	static class Malformed {

		@InvalidatesCloudFront(tags = "product:#{#id")
		void save(String id) {
		}

	}

	static class MalformedExpression {

		@InvalidatesCloudFront(tags = "#{#id..x}")
		void save(String id) {
		}

	}

	static class UnknownParameter {

		@InvalidatesCloudFront(tags = "a:#{#id}:#{#ids.x}")
		void save(String id) {
		}

	}

	static class NoSign {

		@InvalidatesCloudFront(tags = "a:#{id.x}")
		void save(String id) {
		}

	}

	static class NoSignInArgument {

		@InvalidatesCloudFront(tags = "#{#id.concat(other)}")
		void save(String id) {
		}

	}

	static class NoResult {

		@InvalidatesCloudFront(tags = "#{#result}")
		void save(String id) {
		}

	}

	static class InvalidPath {

		@InvalidatesCloudFront(paths = "products")
		void save() {
		}

	}

	static class Blank {

		@InvalidatesCloudFront(tags = { "a", "" })
		void save() {
		}

	}

	static class PrivateMethod {

		@InvalidatesCloudFront(tags = "a")
		private void save() {
		}

	}

	static class StaticMethod {

		@InvalidatesCloudFront(tags = "a")
		static void save() {
		}

	}

	static class Publishes {

		@InvalidatesCloudFront(tags = "a")
		Flow.Publisher<String> save() {
			throw new IllegalStateException();
		}

	}

	static class TwoParameters {

		@InvalidatesCloudFront(tags = "product:#{#id}")
		public void save(long id, String continuation) {
		}

	}

	public interface Two {

		void first();

		void second();

	}

	static class SecondIsWrong implements Two {

		@Override
		@InvalidatesCloudFront(tags = "a")
		public void first() {
		}

		@Override
		@InvalidatesCloudFront
		public void second() {
		}

	}

	static class Fine {

		@InvalidatesCloudFront(tags = { "#{#list.?[length() > 1].![toString() + #root]}", "#{#list[0].length()}",
				"#{T(java.lang.Math).abs(#p1)}", "#{new java.lang.String('a').concat(#list[0].toString())}",
				"#{#p1 > 0 ? 'x' : null}", "#{{'a', 'b'}}" })
		void save(List<String> list, int number) {
		}

	}

}
