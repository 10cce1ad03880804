package io.github.cftracker.repository;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules for issue forms, the issue template chooser and Dependabot, as GitHub documents
 * them.
 */
final class IssueFormRules {

	private static final Set<String> TYPES = Set.of("markdown", "textarea", "input", "dropdown", "checkboxes");

	private IssueFormRules() {
	}

	static List<String> checkForm(String yaml) {
		Node form = Node.parse(yaml);
		form.check(Set.of("name", "description", "body"), Set.of("title", "labels", "assignees"));
		Set<String> ids = new HashSet<>();
		Set<String> labels = new HashSet<>();
		boolean asks = false;
		for (Node element : form.get("body").items()) {
			element.check(Set.of("type", "attributes"), Set.of("id", "validations"));
			element.get("type").oneOf(TYPES);
			Node attributes = element.get("attributes");
			if (element.get("type").text().equals("markdown")) {
				attributes.check(Set.of("value"), Set.of());
				continue;
			}
			asks = true;
			attributes.check(Set.of("label"),
					Set.of("description", "placeholder", "value", "render", "options", "multiple", "default"));
			element.get("id").matches("[A-Za-z0-9_-]+");
			unique(element.get("id"), ids);
			unique(attributes.get("label"), labels);
			element.get("validations").check(Set.of(), Set.of("required"));
			element.get("validations").entries().values().forEach((flag) -> flag.oneOf(Set.of("true", "false")));
			options(element);
		}
		if (!asks) {
			form.problem("the form asks for nothing");
		}
		return form.problems();
	}

	private static void options(Node element) {
		boolean needed = Set.of("dropdown", "checkboxes").contains(element.get("type").text());
		List<Node> options = element.get("attributes").get("options").items();
		if (needed == options.isEmpty()) {
			element.problem(needed ? "'options' is missing" : "'options' is not known here");
		}
		Set<String> texts = new HashSet<>();
		options.forEach((option) -> unique(option.get("label").exists() ? option.get("label") : option, texts));
	}

	private static void unique(Node node, Set<String> others) {
		if (!others.add(node.text())) {
			node.problem("'%s' occurs twice", node.text());
		}
	}

	static List<String> checkChooser(String yaml) {
		Node chooser = Node.parse(yaml);
		chooser.check(Set.of("blank_issues_enabled"), Set.of("contact_links"));
		chooser.get("blank_issues_enabled").oneOf(Set.of("true", "false"));
		for (Node link : chooser.get("contact_links").items()) {
			link.check(Set.of("name", "url", "about"), Set.of());
			link.get("url").matches("https://.+");
		}
		return chooser.problems();
	}

	static List<String> checkDependabot(String yaml) {
		Node dependabot = Node.parse(yaml);
		dependabot.check(Set.of("version", "updates"), Set.of());
		dependabot.get("version").oneOf(Set.of("2"));
		for (Node update : dependabot.get("updates").items()) {
			update.check(Set.of("package-ecosystem", "directory", "schedule"),
					Set.of("groups", "ignore", "allow", "labels", "open-pull-requests-limit", "commit-message"));
			update.get("package-ecosystem").oneOf(Set.of("maven", "github-actions"));
			update.get("directory").matches("/.*");
			update.get("schedule").check(Set.of("interval"), Set.of("day", "time", "timezone"));
			update.get("schedule").get("interval").oneOf(Set.of("daily", "weekly", "monthly"));
			update.get("groups")
				.entries()
				.values()
				.forEach((group) -> group.check(Set.of("patterns"),
						Set.of("exclude-patterns", "update-types", "dependency-type", "applies-to")));
			update.get("ignore")
				.items()
				.forEach((ignored) -> ignored.check(Set.of("dependency-name"), Set.of("versions", "update-types")));
		}
		return dependabot.problems();
	}

}
