package io.github.cftracker.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PackedChangeLogTests {

	private final PackedChangeLog changes = new PackedChangeLog();

	@Test
	void keepsItsRoomWhileItIsUsed() {
		add(10_000);
		int room = this.changes.room();
		assertThat(room).isBetween(10_000, 20_000);
		this.changes.clear();
		add(9_000);
		assertThat(this.changes.room()).isEqualTo(room);
	}

	@Test
	void givesUpRoomThatWasNotUsed() {
		add(10_000);
		this.changes.clear();
		add(10);
		this.changes.clear();
		assertThat(this.changes.room()).isLessThan(100);
		add(10_000);
		assertThat(paths()).hasSize(10_000).doesNotHaveDuplicates().contains("/0", "/9999");
	}

	@Test
	void hasNothingOfWhatItWasUsedForBefore() {
		add(100);
		this.changes.clear();
		assertThat(this.changes.size()).isZero();
		assertThat(paths()).isEmpty();
		this.changes.add(new Pending("/0", PendingChange.track(5, 3, "/{id}", Set.of("t"))), 7, 9);
		this.changes.takeAfter(6, (path, change, at) -> {
			assertThat(path).isEqualTo("/0");
			assertThat(change.trackUntil()).isEqualTo(5);
			assertThat(change.startedAt()).isEqualTo(3);
			assertThat(change.route()).isEqualTo("/{id}");
			assertThat(change.tags()).containsExactly("t");
			assertThat(at).isEqualTo(9);
		});
		assertThat(this.changes.size()).isZero();
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			this.changes.add(new Pending("/" + i, PendingChange.track(1000 + i)), 1, 1);
		}
		assertThat(this.changes.size()).isEqualTo(count);
	}

	private List<String> paths() {
		List<String> paths = new ArrayList<>();
		this.changes.takeAfter(0, (path, change, at) -> paths.add(path));
		return paths;
	}

}
