package io.github.cftracker.expression;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

import io.github.cftracker.testing.ParameterNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.PrioritizedParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MethodVariablesTests {

	private static final ParameterNameDiscoverer NONE = new PrioritizedParameterNameDiscoverer();

	@Test
	void includesParametersByPositionAndName() {
		assertThat(values("product", DefaultParameterNameDiscoverer.getSharedInstance()))
			.containsOnlyKeys("p0", "a0", "number", "p1", "a1", "continuation", "result")
			.containsEntry("number", 7L)
			.containsEntry("a1", "continuation")
			.containsEntry("result", "page");
	}

	@Test
	void includesOtherParametersIfLastHasNoName() {
		assertThat(values("product", new ParameterNames("number"))).containsEntry("number", 7L).hasSize(6);
	}

	@Test
	void includesPositionsOnlyIfNamesAreUnknown() {
		assertThat(values("product", NONE)).containsOnlyKeys("p0", "a0", "p1", "a1", "result");
	}

	@Test
	void excludesResultOfVoidMethod() {
		assertThat(values("nothing", NONE)).containsOnlyKeys("p0", "a0", "p1", "a1");
		assertThat(values("nothing", new ParameterNames("result", "other"))).containsEntry("result", 7L);
	}

	@Test
	void prefersNameToPosition() {
		assertThat(values("product", new ParameterNames("p1", "p0"))).containsEntry("p0", "continuation")
			.containsEntry("p1", 7L);
	}

	@Test
	void parsesUnknownVariableUnlessVariablesAreComplete() {
		MethodVariables variables = variables("product", NONE);
		assertThat(variables.parse("@CacheTags", "#{#brand}", false).text()).isEqualTo("#{#brand}");
		assertThat(variables.parse("@CacheTags", "#{#brand}", true, "brand").text()).isEqualTo("#{#brand}");
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> variables.parse("@CacheTags", "#{#brand}", true, "model"))
			.withMessage("@CacheTags on " + Pages.class.getName() + ".product() has the invalid value '#{#brand}': "
					+ "'#brand' is not a variable, use one of [#a0, #a1, #model, #p0, #p1, #result]")
			.satisfies((ex) -> assertThat(ex.action()).contains("'-parameters'", "'-java-parameters'"));
	}

	@Test
	void rejectsVariableWithoutSign() {
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> variables("product", NONE).parse("@CacheTags", "a:#{brand.name}", false))
			.withMessageContaining("'brand' is not a variable: variables start with '#'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#{{draft: 'd'}[#p0]}", "#{{id: #p0}['id']}", "#{#p0.![@urls.tag(name)]}",
			"#{#p0.?[active].![name]}", "#{#p0[key]}" })
	void acceptsNameThatIsNoVariable(String text) {
		assertThat(variables("product", NONE).parse("@CacheTags", text, true).text()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "#{{id: p0}}", "#{@urls.tag(p0)}", "#{#p0.tag(p0)}", "#{{a: #p7}}" })
	void rejectsNameWithoutMeaning(String text) {
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> variables("product", NONE).parse("@CacheTags", text, true));
	}

	@Test
	void rejectsMalformedTemplate() {
		assertThatExceptionOfType(InvalidAnnotationException.class)
			.isThrownBy(() -> variables("product", NONE).parse("@CacheTags", "a:#{#p0", false))
			.withMessageContaining("has the invalid value 'a:#{#p0': ");
	}

	private static Map<String, Object> values(String method, ParameterNameDiscoverer names) {
		return new HashMap<>(variables(method, names).values(new Object[] { 7L, "continuation" }, "page"));
	}

	private static MethodVariables variables(String name, ParameterNameDiscoverer names) {
		Method method = ClassUtils.getMethod(Pages.class, name, (Class<?>[]) null);
		return new MethodVariables(method, names);
	}

	static class Pages {

		public String product(long number, String continuation) {
			return continuation + number;
		}

		public void nothing(long number, String continuation) {
		}

	}

}
