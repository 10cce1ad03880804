package io.github.cftracker.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Comparison of plans with the best ones, found by trying all sets of wildcards that do
 * not cover each other. The best plan has at most the requested number of items, or the
 * fewest possible; then the fewest wildcards; then the fewest items under them.
 */
class PlanOptimumTests {

	private static final List<String> NAMES = List.of("a", "b", "aa", "c");

	private static final int WORLDS = Integer.getInteger("plan.worlds", 1000);

	private static final Comparator<Folds> BEST = Comparator.comparingInt(Folds::excess)
		.thenComparingInt(Folds::wildcards)
		.thenComparingInt(Folds::covered);

	@Test
	void plansAreBestOrNearlyBest() throws IOException {
		int compared = 0;
		int equal = 0;
		int items = 0;
		int wildcards = 0;
		int covered = 0;
		int coveredOfAll = 0;
		int coveredOfBest = 0;
		for (int seed = 0; seed < WORLDS; seed++) {
			Random random = new Random(seed);
			World world = World.random(random, NAMES, 10 + random.nextInt(50));
			AllowedFolds allowed = new AllowedFolds(world);
			int exact = world.exactItems().size();
			if (allowed.wildcards().size() > 13 || exact < 2) {
				continue;
			}
			int maxPaths = 1 + random.nextInt(exact - 1);
			Folds best = best(allowed, 0, List.of(), exact, maxPaths);
			List<String> chosen = List.copyOf(world.chosen(world.plan(maxPaths, 100)));
			Folds actual = folds(allowed, chosen, exact, maxPaths);
			compared++;
			equal += (BEST.compare(actual, best) == 0) ? 1 : 0;
			items = Math.max(items, actual.excess() - best.excess());
			wildcards = Math.max(wildcards, actual.wildcards() - best.wildcards());
			covered = Math.max(covered, actual.covered() - best.covered());
			coveredOfAll += actual.covered();
			coveredOfBest += best.covered();
			assertThat(BEST.compare(actual, best)).as("seed %d", seed).isNotNegative();
		}
		report(compared, equal, items, wildcards, covered, coveredOfAll, coveredOfBest);
		assertThat(compared).isGreaterThan(WORLDS / 2);
		assertThat(items).isZero();
		assertThat(wildcards).isZero();
		assertThat(covered).isLessThanOrEqualTo(3);
		assertThat(equal).isGreaterThan(compared * 99 / 100);
	}

	private static Folds best(AllowedFolds allowed, int next, List<String> chosen, int exact, int maxPaths) {
		if (next == allowed.wildcards().size()) {
			return folds(allowed, chosen, exact, maxPaths);
		}
		Folds best = best(allowed, next + 1, chosen, exact, maxPaths);
		String wildcard = allowed.wildcards().get(next);
		if (chosen.stream().noneMatch((other) -> World.isUnder(other, wildcard) || World.isUnder(wildcard, other))) {
			List<String> more = new ArrayList<>(chosen);
			more.add(wildcard);
			Folds with = best(allowed, next + 1, more, exact, maxPaths);
			best = (BEST.compare(with, best) < 0) ? with : best;
		}
		return best;
	}

	private static Folds folds(AllowedFolds allowed, List<String> chosen, int exact, int maxPaths) {
		int covered = chosen.stream().mapToInt(allowed::items).sum();
		return new Folds(Math.max(0, exact - covered + chosen.size() - maxPaths), chosen.size(), covered);
	}

	private static void report(int... figures) throws IOException {
		String table = """
				| compared | equal to the best | most items too many | most wildcards too many | most paths too many under wildcards | paths under wildcards | the same of the best |
				|---|---|---|---|---|---|---|
				""";
		String row = Arrays.stream(figures).mapToObj("%,d"::formatted).collect(Collectors.joining(" | "));
		Path directory = Files.createDirectories(Path.of("target/plan"));
		Files.writeString(directory.resolve("optimum.md"), table + "| " + row + " |\n");
	}

	/**
	 * Quality of a set of wildcards.
	 *
	 * @param excess number of items above the requested number
	 */
	private record Folds(int excess, int wildcards, int covered) {

	}

}
