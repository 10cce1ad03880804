package io.github.cftracker.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PlannerTests {

	private static final WildcardSafety ANYTHING = new WildcardSafety(List.of(), null);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# selected                       | others          | max | wildcards       | items
			/a/1 /a/2 /b                     | -               | 3   | -               | 3
			/a/1 /a/2 /b                     | -               | 0   | -               | 3
			/a/1 /a/2 /b                     | -               | 2   | /a/*            | 2
			/a/1 /a/2 /a/1 /b                | -               | 3   | -               | 3
			/a/1 /a/2 /b                     | /a/1            | 2   | /a/*            | 2
			/a/1 /a/2 /b                     | /a/3            | 2   | -               | 3
			/a/1 /a/2 /b                     | /a/             | 2   | -               | 3
			/a/1 /a/2 /b                     | /a /ab /aa/     | 2   | /a/*            | 2
			/a/1 /a/2 /b                     | #a /c/*         | 2   | /a/*            | 2
			# as narrow as possible, and as few as possible
			/a/1 /a/2 /b/1 /b/2 /b/3         | -               | 4   | /a/*            | 4
			/a/1 /a/2 /b/1 /b/2 /b/3         | -               | 3   | /b/*            | 3
			/a/1 /a/2 /b/1 /b/2 /b/3         | -               | 2   | /a/* /b/*       | 2
			/a/1 /a/2 /b/1 /b/2 /b/3         | -               | 1   | /a/* /b/*       | 2
			/a/1 /a/2 /b/c/1 /b/c/2 /c/1     | -               | 4   | /b/c/*          | 4
			/a/1 /a/2 /b/1 /b/2 /c/1         | -               | 4   | /a/*            | 4
			/a/b/1 /a/b/2 /a/b/3 /a/c /a/d   | -               | 4   | /a/b/*          | 3
			/a/b/1 /a/b/2 /a/b/3 /a/c /a/d   | -               | 1   | /a/*            | 1
			/a/b/c/1 /a/b/c/2                | -               | 1   | /a/b/c/*        | 1
			/a/b/c/1 /a/b/c/2                | /a/b/d          | 1   | /a/b/c/*        | 1
			/a/ /a/b/ /a/b/1                 | -               | 2   | /a/*            | 2
			/a/1 /a/2 /a/3 /b/1 /b/2         | /b/0            | 1   | /a/*            | 3
			# the path that ends before the asterisk is an item of its own
			/a/ /a/1 /a/2 /b                 | -               | 3   | /a/*            | 3
			/a/ /a/1 /a/2 /b                 | -               | 1   | /a/*            | 3
			/a/ /a/1                         | -               | 1   | -               | 2
			/a/ /a/b/ /a/b/1 /a/b/2          | -               | 3   | /a/b/*          | 3
			/a/ /a/b/ /a/b/1 /a/b/2          | -               | 2   | /a/*            | 2
			/a/b/ /a/b/1 /a/b/2              | /a/b/           | 2   | /a/b/*          | 2
			/a/b/1 /a/b/2                    | /a/b/           | 1   | -               | 2
			/s? /s?x /s?y                    | -               | 2   | /s?*            | 2
			/s /s?x /s?y /st                 | -               | 2   | /s*             | 2
			/a/* /a/                         | -               | 0   | /a/*            | 2
			/a/* /a/ /a/1                    | -               | 1   | /a/*            | 2
			/a/b/* /a/b/ /a/b/1 /a/1         | -               | 1   | /a/*            | 1
			/a/b/* /a/b/ /a/1                | -               | 2   | /a/*            | 1
			/s?* /s? /s?x                    | -               | 0   | /s?*            | 2
			/* / /a                          | -               | 0   | /*              | 1
			# never above the first segment
			/1 /2 /3 /                       | -               | 1   | -               | 4
			/a1 /a2 /a3                      | -               | 1   | -               | 3
			//1 //2                          | -               | 1   | -               | 2
			# pages with query strings
			/p?x=1 /p?x=2 /q                 | -               | 2   | /p?*            | 2
			/p?x=1 /p?x=2 /q                 | /p /p/ /p1      | 2   | /p?*            | 2
			/p?x=1 /p?x=2 /q                 | /p?x=3          | 2   | -               | 3
			/p /p?x=1 /q                     | -               | 2   | -               | 3
			/p /p?x=1 /q                     | /pq             | 2   | -               | 3
			/p /p/1 /p1 /p?x=1 /q            | -               | 2   | /p*             | 3
			/p /p?x=1 /p?x=2                 | -               | 2   | /p?*            | 2
			/p?x=1 /px                       | -               | 1   | /p*             | 1
			/?x=1 /?x=2                      | -               | 1   | /?*             | 1
			/ /?x=1                          | -               | 1   | -               | 2
			/a/ /a/?x=1 /a/b                 | -               | 1   | /a/*            | 2
			/p?u=/a/1 /p?u=/a/2 /p?v         | -               | 2   | /p?*            | 1
			/p?u?1 /p?u?2 /p?v               | -               | 2   | /p?*            | 1
			/p?u=/1 /p?u=x/1 /p?u=x/2        | /p?v            | 2   | -               | 3
			# selected wildcards
			/a/* /a/1 /a/b/* /b              | -               | 0   | /a/*            | 2
			/a/* /a/1 /a/b/* /b              | /a/2            | 1   | /a/*            | 2
			/a* /a/* /a                      | -               | 0   | /a*             | 2
			/* /a /b/*                       | -               | 1   | /*              | 1
			/a/b/* /a/1 /c                   | -               | 2   | /a/*            | 2
			/a/b/* /a/1 /c                   | /a/b/1          | 2   | /a/*            | 2
			/a/b/* /a/1 /c                   | /a/b/*          | 2   | /a/*            | 2
			/a/b/* /a/1 /a/b/1               | /a/b/c/*        | 1   | /a/*            | 1
			/a/1 /a/2                        | /a/b/*          | 1   | -               | 2
			/a/b/1 /a/b/2                    | /a/*            | 1   | -               | 2
			/a/b/1 /a/b/2 /c/1 /c/2          | /a/b/*          | 1   | /c/*            | 3
			/a/b/1 /a/b/2                    | /a/b/c/*        | 1   | -               | 2
			# tags
			#a #b #a/1? #a/2? /a/1 /a/2      | -               | 1   | /a/*            | 5
			#a* #ab                          | -               | 1   | -               | 2
			""")
	void choosesFewestAndNarrowestWildcards(String selected, String others, int max, String wildcards, int items) {
		Plan plan = new Planner(ANYTHING, max, 100).plan(paths(selected), paths((others != null) ? others : ""));
		assertThat(String.join(" ", plan.wildcards())).isEqualTo((wildcards != null) ? wildcards : "");
		assertThat(plan.items()).isEqualTo(items);
	}

	@Test
	void reportsItemsAndCoverage() {
		Plan plan = new Planner(ANYTHING, 3, 1).plan(paths("/a/1 /a/2 /a/b/* /a/b/1 /b/* /b/1 /b/2 /b/2 /b/c/* /c #t"),
				paths("/b/1 /d"));
		assertThat(plan.wildcards()).containsExactly("/a/*", "/b/*");
		assertThat(plan.paths()).isEqualTo(10);
		assertThat(plan.exactItems()).isEqualTo(6);
		assertThat(plan.items()).isEqualTo(4);
		assertThat(plan.covered("/a/*")).isEqualTo(4);
		assertThat(plan.covered("/b/*")).isEqualTo(3);
		assertThat(Stream.of("/a/1", "/a/b/*", "/a/b/1", "/a/9", "/a/*b", "/b/c/*")).allMatch(plan::covers);
		assertThat(Stream.of("/a/*", "/a*", "/b/*", "/c", "/a", "/a/", "/b/", "#t", "#/a/1", "/*"))
			.noneMatch(plan::covers);
	}

	@Test
	void reportsNoCoverageOfUnplannedWildcards() {
		Plan plan = new Planner(ANYTHING, 0, 1).plan(paths("/a/* /a/b/*"), paths(""));
		assertThatIllegalArgumentException().isThrownBy(() -> plan.covered("/a/b/*")).withMessageContaining("/a/b/*");
		assertThatIllegalArgumentException().isThrownBy(() -> plan.covered("/a/1"));
	}

	@Test
	void leavesProtectedPrefixesAndOtherBehaviorsAlone() {
		WildcardSafety safety = new WildcardSafety(List.of("/shop/checkout"),
				Distributions.of("/api/*=api /blog/*.jpg=bucket *=app"));
		Plan plan = new Planner(safety, 1, 100).plan(paths(
				"/shop/1 /shop/2 /shop/a/1 /shop/a/2 /blog/1 /blog/2 /a?1 /a?2 /b/1 /b/2 /shop/checkout?1 /shop/checkout?2"),
				paths(""));
		assertThat(plan.wildcards()).containsExactly("/a?*", "/b/*", "/shop/a/*");
	}

	@Test
	void limitsNumberOfChosenWildcards() {
		PathSource selected = paths("/a/1 /a/2 /b/1 /b/2 /b/3 /c/1 /c/2 /c/3 /c/4");
		assertThat(new Planner(ANYTHING, 1, 2).plan(selected, paths("")).wildcards()).containsExactly("/b/*", "/c/*");
		assertThat(new Planner(ANYTHING, 1, 0).plan(selected, paths("")).wildcards()).isEmpty();
	}

	@Test
	void choosesOnlyWildcardsThatCloudFrontAccepts() {
		String folder = "/" + "a".repeat(3998) + "/";
		assertThat(new Planner(ANYTHING, 1, 9).plan(paths(folder + " " + folder.substring(0, 3999) + "?"), paths(""))
			.wildcards()).containsExactly(folder.substring(0, 3999) + "*");
	}

	@Test
	void readsUnselectedPathsOnlyToFold() {
		PathSource unreadable = (action) -> {
			throw new IllegalStateException("read");
		};
		assertThat(new Planner(ANYTHING, 2, 9).plan(paths("/a/1 /a/2"), unreadable).items()).isEqualTo(2);
		assertThat(new Planner(ANYTHING, 0, 9).plan(paths("/a/1 /a/2"), unreadable).items()).isEqualTo(2);
		assertThat(new Planner(ANYTHING, 1, 0).plan(paths("/a/1 /a/2"), unreadable).items()).isEqualTo(2);
		assertThatIllegalStateException()
			.isThrownBy(() -> new Planner(ANYTHING, 1, 9).plan(paths("/a/1 /a/2"), unreadable));
	}

	@Test
	void plansNothingForEmptySelection() {
		Plan plan = new Planner(ANYTHING, 1, 9).plan(paths(""), paths("/a"));
		assertThat(plan.wildcards()).isEmpty();
		assertThat(plan.items()).isZero();
		assertThat(plan.paths()).isZero();
	}

	@Test
	void findsTheWildcardOfAPathAmongTenThousand() {
		List<String> wildcards = IntStream.range(0, 10_000).mapToObj((i) -> "/a/" + i + "/*").toList();
		Plan plan = new Planner(ANYTHING, 0, 9).plan(wildcards::forEach, paths(""));
		assertThat(plan.items()).isEqualTo(10_000);
		assertThat(IntStream.range(0, 10_000)).allMatch((i) -> plan.covers("/a/" + i + "/x"))
			.noneMatch((i) -> plan.covers("/a/" + i) || plan.covers("/a/" + i + "/") || plan.covers("/a/" + i + "/*"));
	}

	private static PathSource paths(String paths) {
		return (action) -> Arrays.stream(paths.split(" ")).filter((path) -> !path.isEmpty()).forEach(action);
	}

}
