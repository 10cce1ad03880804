package com.example.beans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.MethodMetadata;

/**
 * The beans of an application, and its auto-configurations in their order.
 *
 * @param types the type of each bean by its name
 * @param order the names of the classes
 */
record Beans(Map<String, String> types, List<String> order) {

	private static final Pattern OURS = Pattern
		.compile("(cfTracker|cfInvalidate|cfPaths|cf\\.tracker-|io\\.github\\.cftracker\\.).*");

	static Beans of(String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "management.endpoint.health.show-details=always")
			.properties(properties)
			.run()) {
			return of(context);
		}
	}

	private static Beans of(ConfigurableApplicationContext context) {
		Map<String, String> types = new TreeMap<>();
		List<String> order = new ArrayList<>();
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			types.put(name, typeOfOurs(context.getBeanFactory().getBeanDefinition(name))
				.orElse((type != null) ? stableName(type) : "null"));
			if (type != null && AnnotatedElementUtils.hasAnnotation(type, AutoConfiguration.class)) {
				order.add(stableName(type));
			}
		}
		return new Beans(types, order);
	}

	/**
	 * Return the declared type of a bean that the starter makes, whether it was created
	 * or not.
	 */
	private static Optional<String> typeOfOurs(BeanDefinition definition) {
		return Optional.of(definition)
			.filter(AnnotatedBeanDefinition.class::isInstance)
			.map((bean) -> ((AnnotatedBeanDefinition) bean).getFactoryMethodMetadata())
			.filter((method) -> method.getDeclaringClassName().startsWith("io.github.cftracker."))
			.map(MethodMetadata::getReturnTypeName);
	}

	/**
	 * Return the name of a class without the numbers of lambdas and proxies.
	 */
	private static String stableName(Class<?> type) {
		return type.getName().replaceFirst("(\\$\\$|/0x).*", "").replaceFirst("\\$Proxy\\d+", "\\$Proxy");
	}

	void write(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		List<String> lines = new ArrayList<>(this.order.size() + this.types.size());
		this.order.forEach((name) -> lines.add("order " + name));
		this.types.forEach((name, type) -> lines.add("bean " + name + " " + type));
		Files.write(file, lines);
	}

	static Beans read(Path file) throws IOException {
		Map<String, String> types = new TreeMap<>();
		List<String> order = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			String[] words = line.split(" ");
			if (words[0].equals("order")) {
				order.add(words[1]);
			}
			else {
				types.put(words[1], words[2]);
			}
		}
		return new Beans(types, order);
	}

	/**
	 * Return these beans without those of the starter, which are many while it is active
	 * and may change.
	 */
	Beans ofOthers() {
		Map<String, String> others = new TreeMap<>(this.types);
		others.keySet().removeIf((name) -> OURS.matcher(name).matches());
		return new Beans(others, this.order);
	}

	/**
	 * Return the lines that turn the beans of another application into these.
	 */
	List<String> differenceTo(Beans other) {
		Map<String, String> lines = new TreeMap<>();
		this.types.forEach((name, type) -> {
			if (!type.equals(other.types.get(name))) {
				lines.put(name + " 2", "+ " + line(name, type));
			}
		});
		other.types.forEach((name, type) -> {
			if (!type.equals(this.types.get(name))) {
				lines.put(name + " 1", "- " + line(name, type));
			}
		});
		return List.copyOf(lines.values());
	}

	private static String line(String name, String type) {
		return type.equals(name) ? name : name + " " + type;
	}

}
