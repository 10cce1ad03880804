package io.github.cftracker.repository;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules for the workflows of this repository: a subset of GitHub's syntax, and stricter
 * than GitHub about pinned actions, time limits, permissions and secrets.
 */
final class WorkflowRules {

	private static final Set<String> EVENTS = Set.of("push", "pull_request", "schedule", "workflow_dispatch");

	private static final Set<String> SCOPES = Set.of("actions", "attestations", "checks", "contents", "deployments",
			"id-token", "issues", "packages", "pages", "pull-requests", "security-events", "statuses");

	private static final Set<String> CONTEXTS = Set.of("github", "env", "vars", "job", "steps", "runner", "secrets",
			"strategy", "matrix", "needs", "inputs");

	private static final Set<String> FUNCTIONS = Set.of("always", "cancelled", "contains", "endsWith", "failure",
			"format", "fromJSON", "hashFiles", "join", "startsWith", "success", "toJSON");

	private static final Set<String> LITERALS = Set.of("true", "false", "null");

	private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("(?<![\\w.-])([A-Za-z_][\\w-]*)(?:\\.([\\w-]+))?\\s*(\\()?");

	private final MavenCommands maven;

	WorkflowRules(MavenCommands maven) {
		this.maven = maven;
	}

	List<String> check(String yaml) {
		Node workflow = Node.parse(yaml);
		workflow.check(Set.of("name", "on", "permissions", "jobs"), Set.of("concurrency", "env", "defaults"));
		workflow.get("on").check(Set.of(), EVENTS);
		workflow.get("on")
			.get("schedule")
			.items()
			.forEach((schedule) -> schedule.get("cron").matches("(\\S+ ){4}\\S+"));
		permissions(workflow.get("permissions"));
		if (workflow.get("concurrency").exists()) {
			workflow.get("concurrency").check(Set.of("group"), Set.of("cancel-in-progress"));
		}
		Map<String, Node> jobs = workflow.get("jobs").entries();
		if (jobs.isEmpty()) {
			workflow.problem("there is no job");
		}
		jobs.values().forEach((job) -> job(job, jobs.keySet()));
		for (String key : List.of("name", "env", "concurrency", "defaults")) {
			workflow.get(key).texts((text) -> expressions(text, workflow));
		}
		return workflow.problems();
	}

	private void permissions(Node permissions) {
		permissions.check(Set.of(), SCOPES);
		permissions.entries().values().forEach((scope) -> scope.oneOf(Set.of("read", "write", "none")));
	}

	private void job(Node job, Set<String> jobs) {
		job.check(Set.of("runs-on", "timeout-minutes", "steps"), Set.of("name", "if", "needs", "strategy",
				"permissions", "environment", "env", "concurrency", "outputs"));
		if (!(job.get("timeout-minutes").value() instanceof Integer minutes) || minutes < 1 || minutes > 360) {
			job.problem("'timeout-minutes' is not a number from 1 to 360");
		}
		job.get("runs-on").matches("(ubuntu|windows|macos)-[\\w.-]+");
		for (Node needed : job.get("needs").items()) {
			needed.oneOf(jobs);
		}
		permissions(job.get("permissions"));
		if (job.get("steps").items().isEmpty()) {
			job.problem("there is no step");
		}
		Set<String> ids = new HashSet<>();
		for (Node step : job.get("steps").items()) {
			step(step, job);
			if (step.get("id").exists() && !ids.add(step.get("id").text())) {
				step.problem("another step has the id '%s'", step.get("id").text());
			}
		}
		job.texts((text) -> expressions(text, job));
		condition(job.get("if"), job);
	}

	private void step(Node step, Node job) {
		step.check(Set.of(), Set.of("id", "name", "if", "uses", "with", "run", "shell", "env", "working-directory",
				"continue-on-error", "timeout-minutes"));
		boolean uses = step.get("uses").exists();
		if (uses == step.get("run").exists()) {
			step.problem("a step has either 'uses' or 'run'");
		}
		if (uses) {
			step.get("uses").matches("[\\w.-]+(/[\\w.-]+)+@(v\\d+(\\.\\d+)*|[0-9a-f]{40})");
		}
		else if (step.get("with").exists()) {
			step.problem("'with' belongs to 'uses'");
		}
		if (step.get("run").text().contains("${{")) {
			step.problem("'run' contains an expression; pass it in 'env'");
		}
		this.maven.check(step.get("run"));
		condition(step.get("if"), job);
	}

	private void condition(Node condition, Node job) {
		if (condition.exists() && !condition.text().contains("${{")) {
			names(condition.text(), condition, job);
		}
	}

	private void expressions(Node text, Node job) {
		Matcher expressions = EXPRESSION.matcher(text.text());
		while (expressions.find()) {
			names(expressions.group(1), text, job);
		}
		String rest = expressions.replaceAll("");
		if (rest.contains("${{") || rest.contains("}}")) {
			text.problem("an expression is not closed, or not opened");
		}
	}

	private void names(String expression, Node text, Node job) {
		Matcher names = NAME.matcher(expression.replaceAll("'[^']*'", "''"));
		while (names.find()) {
			boolean call = names.group(3) != null;
			String name = names.group(1);
			if (call ? !FUNCTIONS.contains(name) : !CONTEXTS.contains(name) && !LITERALS.contains(name)) {
				text.problem("'%s' is not a known %s", name, call ? "function" : "context");
			}
			if (name.equals("matrix")) {
				defined("matrix", names.group(2), job.get("strategy").get("matrix").entries().keySet(), text);
			}
			if (name.equals("needs")) {
				Set<String> needed = new TreeSet<>();
				job.get("needs").items().forEach((node) -> needed.add(node.text()));
				defined("needs", names.group(2), needed, text);
			}
		}
	}

	private void defined(String context, String name, Set<String> names, Node text) {
		if (name == null || !names.contains(name)) {
			text.problem("'%s.%s' is not defined by this job", context, name);
		}
	}

}
