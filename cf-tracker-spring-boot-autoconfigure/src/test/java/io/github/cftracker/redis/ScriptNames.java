package io.github.cftracker.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in a Lua script, as far as our scripts need Lua.
 */
final class ScriptNames {

	private static final Set<String> KEYWORDS = Set.of("and", "break", "do", "else", "elseif", "end", "false", "for",
			"function", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while");

	private static final Set<String> OF_REDIS = Set.of("redis", "KEYS", "ARGV", "math", "string", "table", "ipairs",
			"pairs", "tonumber", "tostring", "unpack");

	private static final Pattern TOKEN = Pattern
		.compile("--[^\n]*|'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|[A-Za-z_]\\w*|\\.\\.+|\\d[\\w.]*|\\S");

	private final List<String> tokens = new ArrayList<>();

	private final Deque<Set<String>> blocks = new ArrayDeque<>();

	private int braces;

	private ScriptNames(String source) {
		Matcher matcher = TOKEN.matcher(source);
		while (matcher.find()) {
			if (!matcher.group().startsWith("--")) {
				this.tokens.add(matcher.group());
			}
		}
	}

	/**
	 * Return the names that a script uses, but neither declares before nor gets from
	 * Redis.
	 */
	static Set<String> undefined(String source) {
		return new ScriptNames(source).undefined();
	}

	private Set<String> undefined() {
		Set<String> undefined = new HashSet<>();
		Set<String> ofLoop = new HashSet<>();
		this.blocks.push(new HashSet<>());
		for (int i = 0; i < this.tokens.size(); i++) {
			String token = token(i);
			switch (token) {
				case "{" -> this.braces++;
				case "}" -> this.braces--;
				case "local" -> this.blocks.element().addAll(names(token(i + 1).equals("function") ? i + 2 : i + 1));
				case "function" -> this.blocks.push(names(i + (token(i + 1).equals("(") ? 2 : 3)));
				case "for" -> ofLoop = names(i + 1);
				case "do" -> {
					this.blocks.push(ofLoop);
					ofLoop = new HashSet<>();
				}
				case "then", "repeat" -> this.blocks.push(new HashSet<>());
				case "else" -> {
					this.blocks.pop();
					this.blocks.push(new HashSet<>());
				}
				case "end", "elseif", "until" -> this.blocks.pop();
				default -> {
					if (isName(token) && !isField(i) && !ofLoop.contains(token) && !isKnown(token)) {
						undefined.add(token);
					}
				}
			}
		}
		return undefined;
	}

	/**
	 * Return names that are separated by commas.
	 */
	private Set<String> names(int first) {
		Set<String> names = new HashSet<>();
		int i = first;
		while (isName(token(i))) {
			names.add(token(i));
			i += token(i + 1).equals(",") ? 2 : 1;
		}
		return names;
	}

	private boolean isField(int i) {
		boolean key = this.braces > 0 && token(i + 1).equals("=");
		return key || token(i - 1).equals(".") || token(i - 1).equals(":");
	}

	private boolean isKnown(String name) {
		return OF_REDIS.contains(name) || this.blocks.stream().anyMatch((block) -> block.contains(name));
	}

	private static boolean isName(String token) {
		return token.matches("[A-Za-z_]\\w*") && !KEYWORDS.contains(token);
	}

	private String token(int i) {
		return (i >= 0 && i < this.tokens.size()) ? this.tokens.get(i) : "";
	}

}
