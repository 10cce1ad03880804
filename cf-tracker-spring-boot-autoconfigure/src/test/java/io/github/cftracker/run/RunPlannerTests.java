package io.github.cftracker.run;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.Budget.OnExcess;
import io.github.cftracker.testing.Planners;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When {@link RunPlanner} reads what a run has claimed.
 */
class RunPlannerTests {

	private final MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private int reads;

	@Test
	void plansSinglePathsWithoutReadingThem() {
		PlannedRun planned = Planners.exact(this.store).plan(Selection.ofEverything(), claimed("/a", "/b"), 1_000_000);
		assertThat(planned.items()).isEqualTo(1_000_000);
		assertThat(planned.named()).isEmpty();
		assertThat(this.reads).isZero();
	}

	@Test
	void rejectsSinglePathsBeyondBudgetWithoutReadingThem() {
		PlannedRun planned = Planners.with(this.store, 0, new Budget(100, OnExcess.REJECT), 0)
			.plan(Selection.ofEverything(), claimed("/a", "/b"), 101);
		assertThat(planned.isRejected()).isTrue();
		assertThat(planned.excess()).contains("101 items");
		assertThat(this.reads).isZero();
	}

	@Test
	void plansSinglePathsWithinGoalWithoutReadingThem() {
		RunPlanner planner = Planners.with(this.store, 2, Budget.NONE, 0);
		assertThat(planner.plan(Selection.ofEverything(), claimed("/a/1", "/a/2"), 2).named()).isEmpty();
		assertThat(this.reads).isZero();
		assertThat(planner.plan(Selection.ofEverything(), claimed("/a/1", "/a/2", "/a/3"), 3).named())
			.containsExactly("/a/*");
	}

	@Test
	void readsPathsOnceThatTrackedWildcardMayCover() {
		PlannedRun planned = Planners.exact(this.store)
			.plan(Selection.ofEverything(), claimed("/a/1", "/a/*", "/b"), 3);
		assertThat(planned.named()).containsExactly("/a/*");
		assertThat(planned.items()).isEqualTo(2);
		assertThat(this.reads).isOne();
	}

	@Test
	void readsPathsThatNamedItemsMayCover() {
		PlannedRun planned = Planners.exact(this.store)
			.plan(new Selection(List.of("/a/*", "/b")), claimed("/a/1", "/b"), 2);
		assertThat(planned.named()).containsExactly("/b", "/a/*");
		assertThat(planned.items()).isEqualTo(2);
	}

	private RunItems claimed(String... paths) {
		return (RunItems) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { RunItems.class },
				(proxy, method, args) -> switch (method.getName()) {
					case "wildcards" -> Stream.of(paths).filter(Selection::isWildcard).toList();
					case "forEach" -> {
						this.reads++;
						read((Consumer<?>) args[0], paths);
						yield null;
					}
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	@SuppressWarnings("unchecked")
	private static void read(Consumer<?> action, String... paths) {
		for (String path : paths) {
			((Consumer<TrackedPath>) action).accept(new TrackedPath(path, null));
		}
	}

}
