package io.github.cftracker.transaction;

import java.util.List;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestUnionTests {

	@Test
	void becomesEverythingAboveLimit() {
		RequestUnion union = new RequestUnion(InvalidationRequest.MAX_VALUES);
		union.add(request(0, 60_000));
		union.add(request(40_000, 100_000));
		assertThat(union.toRequest().selection().size()).isEqualTo(100_000);
		union.add(request(100_000, 200_000));
		assertThat(union.toRequest().selection().isEverything()).isTrue();
	}

	private static InvalidationRequest request(int from, int to) {
		List<String> paths = IntStream.range(from, to).mapToObj((i) -> "/" + i).toList();
		return InvalidationRequest.ofPaths(paths);
	}

}
