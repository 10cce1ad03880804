package io.github.cftracker.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An auto-configuration that is ordered after one of Spring Boot's pulls that one forward
 * if it is sorted before it, and ahead of others on whose beans it depends.
 */
class AutoConfigurationOrderTests {

	private static final String OURS = "io.github.cftracker.";

	@Test
	void theOrderOfAllOthersStaysAsItIs() throws Exception {
		List<Class<?>> all = new ArrayList<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			all.add(ClassUtils.forName(name, null));
		}
		List<String> others = names(all.stream().filter((type) -> !type.getName().startsWith(OURS)).toList());
		assertThat(others).hasSizeGreaterThan(50);
		assertThat(names(all)).hasSize(all.size())
			.filteredOn((name) -> !name.startsWith(OURS))
			.containsExactlyElementsOf(others);
	}

	private static List<String> names(List<Class<?>> autoConfigurations) {
		Class<?>[] sorted = Configurations
			.getClasses(AutoConfigurations.of(autoConfigurations.toArray(Class<?>[]::new)));
		return List.of(sorted).stream().map(Class::getName).toList();
	}

}
