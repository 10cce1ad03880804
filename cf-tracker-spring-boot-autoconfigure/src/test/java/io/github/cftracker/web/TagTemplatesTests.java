package io.github.cftracker.web;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.github.cftracker.CacheTags;
import io.github.cftracker.testing.ParameterNames;
import org.junit.jupiter.api.Test;

import org.springframework.core.PrioritizedParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parameters of methods with {@link CacheTags}.
 */
class TagTemplatesTests {

	private final Method method = ClassUtils.getMethod(Pages.class, "product", (Class<?>[]) null);

	@Test
	void parametersAreVariables() {
		assertThat(tags(TagTemplates.of(this.method))).containsExactly("product:7");
	}

	@Test
	void lastParameterOfSuspendFunctionNeedsNoName() {
		assertThat(tags(TagTemplates.of(this.method, new ParameterNames("number")))).containsExactly("product:7");
	}

	@Test
	void parametersWithoutNamesAreNotVariables() {
		assertThat(tags(TagTemplates.of(this.method, new PrioritizedParameterNameDiscoverer()))).isEmpty();
	}

	private static List<String> tags(TagTemplates templates) {
		return templates.evaluate(new Object[] { 7L, "continuation" }, Map.of(), "page");
	}

	static class Pages {

		@CacheTags("product:#{#number}")
		public String product(long number, String continuation) {
			return continuation + number;
		}

	}

}
