package io.github.cftracker.plan;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.plan.Shape.Others;
import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plans for many paths, with a table in {@code target/plan}. A million of them with
 * {@code -Dplan.paths=1000000}.
 */
@Tag("full")
class PlanShapesTests {

	private static final int PATHS = Integer.getInteger("plan.paths", 5_000);

	private static final int MAX_WILDCARDS = 1000;

	private static final WildcardSafety SAFETY = new WildcardSafety(List.of("/admin/", "/checkout"),
			Distributions.of("/static/*=bucket /images/*.jpg=bucket /internal/*=api *=app"));

	private final StringBuilder table = new StringBuilder(
			"""
					| shape | unselected | selected | max-paths | items | wildcards | most under one | unselected dropped | ms | live MB |
					|---|---|---|---|---|---|---|---|---|---|
					""");

	@Test
	void plansManyPathsOfAnyShape() throws IOException {
		for (Shape shape : Shape.values()) {
			int size = (shape == Shape.ONE_FOLDER) ? Math.max(100_000, PATHS) : PATHS;
			for (Others others : Others.values()) {
				for (int maxPaths : new int[] { 0, 1, 100, 1000, 10_000 }) {
					plan(shape, size, others, maxPaths);
				}
			}
		}
		Files.writeString(Files.createDirectories(Path.of("target/plan")).resolve("shapes.md"), this.table);
	}

	private void plan(Shape shape, int size, Others others, int maxPaths) {
		PathSource selected = (action) -> forEachSelected(shape, size, others, action);
		Memory memory = new Memory(maxPaths == 1 && size >= 100_000);
		long start = System.nanoTime();
		Plan plan = new Planner(SAFETY, maxPaths, MAX_WILDCARDS).plan(selected, (action) -> {
			others.forEach(shape, size, action);
			memory.measure();
		});
		long millis = (System.nanoTime() - start - memory.nanos) / 1_000_000;
		Beginnings wildcards = new Beginnings(plan.wildcards());
		long[] dropped = new long[1];
		others.forEach(shape, size, (path) -> dropped[0] += wildcards.cover(path) ? 1 : 0);
		long[] exact = new long[1];
		selected.forEach((path) -> exact[0] += wildcards.cover(path) ? 0 : 1);
		long most = plan.wildcards().stream().mapToLong(plan::covered).max().orElse(0);
		this.table.append("| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %s |\n".formatted(words(shape),
				words(others), plan.paths(), maxPaths, plan.items(), plan.wildcards().size(), most, dropped[0], millis,
				memory));
		String as = "%s, %s, %d".formatted(shape, others, maxPaths);
		assertThat(dropped[0]).as(as).isZero();
		assertThat(plan.items()).as(as).isEqualTo(exact[0] + plan.wildcards().size());
		assertThat(plan.wildcards()).as(as).hasSizeLessThanOrEqualTo(MAX_WILDCARDS);
	}

	private static void forEachSelected(Shape shape, int size, Others others, Consumer<String> action) {
		for (int i = 0; i < size; i++) {
			if (others.isSelected(i)) {
				action.accept(shape.path(i));
			}
		}
	}

	private static String words(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Set of prefixes with a lookup by every beginning of a path.
	 */
	private static final class Beginnings {

		private final Set<String> prefixes = new HashSet<>();

		private final Set<Integer> lengths = new HashSet<>();

		Beginnings(List<String> wildcards) {
			for (String wildcard : wildcards) {
				this.prefixes.add(World.prefix(wildcard));
				this.lengths.add(wildcard.length() - 1);
			}
		}

		boolean cover(String path) {
			return this.lengths.stream()
				.anyMatch((length) -> length < path.length() && this.prefixes.contains(path.substring(0, length)));
		}

	}

	/**
	 * Live memory after all paths were read and before they are folded.
	 */
	private static final class Memory {

		private final boolean wanted;

		private final long before;

		private long live;

		private long nanos;

		Memory(boolean wanted) {
			this.wanted = wanted;
			this.before = wanted ? used() : 0;
		}

		void measure() {
			if (this.wanted) {
				long start = System.nanoTime();
				this.live = used() - this.before;
				this.nanos = System.nanoTime() - start;
			}
		}

		private static long used() {
			System.gc();
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}

		@Override
		public String toString() {
			return this.wanted ? "%.1f".formatted(this.live / 1e6) : "";
		}

	}

}
