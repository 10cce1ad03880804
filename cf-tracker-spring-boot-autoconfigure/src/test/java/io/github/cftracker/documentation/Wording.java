package io.github.cftracker.documentation;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that the project's texts do not use, and what to write instead. This is the only
 * place that lists them.
 */
final class Wording {

	// Within a paragraph, so at most one line break
	private static final String SPACE = "(?:[ \\t]{1,9}|[ \\t]{0,9}\\R[ \\t]{0,9})";

	private static final List<Rule> RULES = List.of(
	// @formatter:off
			new Rule("mend(s|ed|ing)?", "fix"),
			new Rule("of no use", "has no effect"),
			new Rule("says|said|saying|say so", "reports, logs, returns, states"),
			new Rule("as (long|far) as [^.;:]{0,40} say", "while, if"),
			new Rule("tells?|told|telling", "reports, logs, returns, is notified, shows"),
			new Rule("who(m?)ever", "the caller, any node, an application that"),
			new Rule("somebody|someone", "a user, a client, another node"),
			new Rule("nobody", "it is unknown, no client, no node"),
			new Rule("(?<!\\bthere )(is|are|was|were) no(?! longer\\b| (more|less|fewer|later|earlier) than\\b)",
					"is not a"),
			new Rule("(is|are|was|were) none", "does not exist, there are no ..."),
			new Rule("any ?more(?! than\\b)", "no longer"),
			new Rule("all the same", "anyway"),
			new Rule("for ever", "forever"),
			new Rule("meanwhile", "in the meantime, or leave it out"),
			new Rule("look(s|ed|ing)? whether", "checks whether"),
			new Rule("see(s|n|ing)? (to it )?that|sees? to", "ensures"),
			new Rule("lets(?! you\\b)", "makes, allows ... to"),
			new Rule("asked for", "requested"),
			new Rule("(is|are|was|were) to be", "must be, pending"),
			new Rule("st(and|ands|ood|anding) for", "replaces, represents"),
			new Rule("tak(e|es|en|ing) the place of|took the place of", "replaces"),
			new Rule("of (?!your )([\\w'’]+ ){1,2}own", "its own ..., the application's ..."),
			new Rule("by hand", "manually"),
			new Rule("carr(y|ies|ied|ying) on", "continues, resumes"),
			new Rule("(is|are|was|were|be|been|has|have|had) gone", "expired, removed, deleted"),
			new Rule("at the most", "at most, maximum number of"),
			new Rule("how (many|much) [^.;:]{1,40} there (may|can) be", "maximum number of"));
	// @formatter:on

	/**
	 * Phrases that contain such a word and are right.
	 */
	private static final List<Allowed> ALLOWED = List.of();

	private Wording() {
	}

	static List<Finding> check(Passage passage) {
		return check(passage, ALLOWED);
	}

	static List<Finding> check(Passage passage, List<Allowed> allowed) {
		return RULES.stream()
			.flatMap((rule) -> rule.check(passage))
			.filter((finding) -> allowed.stream().noneMatch((phrase) -> phrase.covers(finding)))
			.sorted(Comparator.comparingInt(Finding::start))
			.toList();
	}

	static List<Allowed> allowed() {
		return ALLOWED;
	}

	/**
	 * A word or phrase to avoid.
	 *
	 * @param pattern where a space is any white space within a paragraph
	 * @param instead what to write
	 */
	private record Rule(Pattern pattern, String instead) {

		Rule(String words, String instead) {
			this(Pattern.compile("(?<![\\w-])(?:" + words.replace(" ", SPACE) + ")(?![\\w-])",
					Pattern.CASE_INSENSITIVE), instead);
		}

		Stream<Finding> check(Passage passage) {
			Matcher matcher = this.pattern.matcher(passage.text());
			return matcher.results().map((match) -> new Finding(passage, match.start(), match.end(), this.instead));
		}

	}

	/**
	 * A phrase that is right although it contains a word of the list.
	 *
	 * @param phrase the phrase
	 * @param why why it stays
	 */
	record Allowed(String phrase, String why) {

		boolean covers(Finding finding) {
			int from = Math.max(0, finding.end() - this.phrase.length());
			int at = finding.passage().text().indexOf(this.phrase, from);
			return at >= 0 && at <= finding.start();
		}

		boolean isIn(Passage passage) {
			return passage.text().contains(this.phrase);
		}

	}

}
