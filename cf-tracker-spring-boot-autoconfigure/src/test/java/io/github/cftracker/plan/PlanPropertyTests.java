package io.github.cftracker.plan;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties of every plan in every world.
 */
class PlanPropertyTests {

	private static final List<String> NAMES = List.of("a", "b", "aa", "ab", "a1", "1", "a-b");

	private static final List<String> ODD_NAMES = List.of("a", "b", "..", ".", "", "%61", "%2e%2e", "*", "a*", "a**",
			"(", "!", "$", "%3F");

	@ParameterizedTest
	@CsvSource({ "800, 12", "250, 40", "15, 400", "1, 1500" })
	void planCoversSelectionAndNothingElse(int worlds, int size) {
		for (int seed = 0; seed < worlds; seed++) {
			Random random = new Random(seed);
			World world = World.random(random, NAMES, size);
			int maxPaths = random.nextInt(1 + world.selected().size());
			int maxWildcards = random.nextInt(3) * random.nextInt(10);
			Plan plan = check(random, world, NAMES, maxPaths, maxWildcards);
			AllowedFolds folds = new AllowedFolds(world);
			long exact = world.exactItems().size();
			long fewest = exact - ((maxPaths > 0) ? folds.mostSaved(maxWildcards) : 0);
			assertThat(plan.items() <= maxPaths).as("reaches %d in seed %d", maxPaths, seed)
				.isEqualTo(Math.min(fewest, exact) <= maxPaths);
			if (plan.items() > maxPaths) {
				assertThat(plan.items()).as("fewest items in seed %d", seed).isEqualTo(fewest);
			}
			assertThat(folds.wildcards()).as("allowed in seed %d", seed).containsAll(world.chosen(plan));
		}
	}

	@Test
	void planCoversSelectionOfUnusualPathsAndNothingElse() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			World world = World.random(random, ODD_NAMES, 40);
			check(random, world, ODD_NAMES, 1 + random.nextInt(20), 100);
		}
	}

	private static Plan check(Random random, World world, List<String> names, int maxPaths, int maxWildcards) {
		Plan plan = world.plan(maxPaths, maxWildcards);
		Set<String> sent = world.sent(plan);
		Set<String> chosen = world.chosen(plan);
		Supplier<String> description = () -> "max " + maxPaths + " of " + world;
		checkFigures(world, plan, description);
		assertThat(sent).as(description).hasSize((int) plan.items());
		assertThat(world.selected()).as(description)
			.allMatch((item) -> sent.contains(item)
					|| plan.wildcards().stream().anyMatch((wildcard) -> World.isUnder(wildcard, item)));
		assertThat(chosen).as(description).hasSizeLessThanOrEqualTo(maxWildcards);
		if (maxPaths == 0 || plan.exactItems() <= maxPaths) {
			assertThat(chosen).as(description).isEmpty();
		}
		for (String wildcard : chosen) {
			checkHarmless(world, wildcard, description);
			assertThat(plan.covered(wildcard)).as(description).isGreaterThan(1);
		}
		IntStream.range(0, 50)
			.mapToObj((i) -> World.path(random, names))
			// Prefixes do not show that a path with dots is below another folder
			.filter((path) -> !path.matches(".*([?.]|%2e).*") && world.safety().distribution() != null
					&& !World.isOfApplication(world.safety().distribution(), path))
			.forEach((path) -> assertThat(chosen).as(in(path, description))
				.noneMatch((wildcard) -> World.mayDrop(wildcard, path)));
		Plan again = world.planShuffled(random, maxPaths, maxWildcards);
		assertThat(again.wildcards()).as(description).isEqualTo(plan.wildcards());
		assertThat(again.items()).as(description).isEqualTo(plan.items());
		assertThat(again.paths()).as(description).isEqualTo(plan.paths());
		return plan;
	}

	private static void checkFigures(World world, Plan plan, Supplier<String> description) {
		assertThat(plan.paths()).as(description).isEqualTo(world.selected().size());
		assertThat(plan.exactItems()).as(description).isEqualTo(world.exactItems().size());
		assertThat(plan.items()).as(description).isLessThanOrEqualTo(plan.exactItems());
		assertThat(plan.wildcards()).as(description).isSorted();
		for (String wildcard : plan.wildcards()) {
			assertThat(plan.covered(wildcard)).as(description)
				.isEqualTo(world.selected().stream().filter((item) -> World.isUnder(wildcard, item)).count());
			assertThat(plan.covers(wildcard)).as(description).isFalse();
		}
		for (String item : world.others()) {
			assertThat(plan.covers(item)).as(in(item, description))
				.isEqualTo(plan.wildcards().stream().anyMatch((wildcard) -> World.isUnder(wildcard, item)));
		}
		assertThat(world.selected()).as(description)
			.filteredOn(World::isWildcard)
			.allMatch((wildcard) -> plan.wildcards().contains(wildcard) || plan.covers(wildcard));
	}

	private static void checkHarmless(World world, String wildcard, Supplier<String> description) {
		String prefix = World.prefix(wildcard);
		Supplier<String> as = in(wildcard, description);
		assertThat(world.safety().isSafe(prefix)).as(as).isTrue();
		assertThat(world.safety().protectedPrefixes()).as(as)
			.noneMatch((protectedPrefix) -> protectedPrefix.startsWith(prefix) || prefix.startsWith(protectedPrefix));
		assertThat(prefix).as(as).matches("/[^/?].*[/?]?|/\\?|//.*");
		assertThat(world.unselected()).as(as)
			.noneMatch((other) -> World.mayDrop(wildcard, other) || World.mayDrop(other, wildcard));
	}

	private static Supplier<String> in(String what, Supplier<String> description) {
		return () -> what + " in " + description.get();
	}

}
