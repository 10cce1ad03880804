package io.github.cftracker.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Value in a YAML file, with its position. All nodes of a file share one list of
 * problems.
 */
final class Node {

	private final String position;

	private final Object value;

	private final List<String> problems;

	private Node(String position, Object value, List<String> problems) {
		this.position = position;
		this.value = value;
		this.problems = problems;
	}

	static Node parse(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Node("", new Yaml(new SafeConstructor(options)).load(yaml), new ArrayList<>());
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> problems() {
		return this.problems;
	}

	void problem(String message, Object... arguments) {
		this.problems.add((this.position.isEmpty() ? "" : this.position + ": ") + message.formatted(arguments));
	}

	boolean exists() {
		return this.value != null;
	}

	Object value() {
		return this.value;
	}

	/**
	 * Return the value as text, empty if it is missing.
	 */
	String text() {
		return (this.value != null) ? this.value.toString() : "";
	}

	Node get(String key) {
		return entries().getOrDefault(key, new Node(child(key), null, this.problems));
	}

	/**
	 * Return the fields of a mapping. YAML 1.1 reads the key {@code on} as a boolean.
	 */
	Map<String, Node> entries() {
		Map<String, Node> entries = new LinkedHashMap<>();
		if (this.value instanceof Map<?, ?> map) {
			map.forEach((key, entry) -> {
				String name = Boolean.TRUE.equals(key) ? "on" : String.valueOf(key);
				entries.put(name, new Node(child(name), entry, this.problems));
			});
		}
		return entries;
	}

	/**
	 * Return the elements of a sequence, or a single value as the only one.
	 */
	List<Node> items() {
		List<Node> items = new ArrayList<>();
		if (this.value instanceof List<?> list) {
			list.forEach((item) -> items.add(new Node(child(String.valueOf(items.size())), item, this.problems)));
		}
		else if (this.value instanceof String) {
			items.add(this);
		}
		return items;
	}

	/**
	 * Report a missing field, and each field that is not known.
	 */
	void check(Set<String> required, Set<String> optional) {
		Set<String> keys = entries().keySet();
		for (String key : new TreeSet<>(required)) {
			if (!keys.contains(key)) {
				problem("'%s' is missing", key);
			}
		}
		for (String key : keys) {
			if (!required.contains(key) && !optional.contains(key)) {
				problem("'%s' is not known here", key);
			}
		}
	}

	void oneOf(Set<String> values) {
		if (!values.contains(text())) {
			problem("'%s' is not one of %s", text(), new TreeSet<>(values));
		}
	}

	void matches(String regex) {
		if (!text().matches(regex)) {
			problem("'%s' does not match %s", text(), regex);
		}
	}

	/**
	 * Visit each text below this node.
	 */
	void texts(Consumer<Node> visitor) {
		entries().values().forEach((node) -> node.texts(visitor));
		if (this.value instanceof List<?>) {
			items().forEach((node) -> node.texts(visitor));
		}
		if (this.value instanceof String) {
			visitor.accept(this);
		}
	}

	private String child(String name) {
		return this.position.isEmpty() ? name : this.position + "." + name;
	}

}
