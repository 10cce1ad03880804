package io.github.cftracker.selection;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class TrackedTagsTests extends SelectionTests {

	TrackedTagsTests() {
		super(false);
	}

	@Test
	void sendsThePathsOfATag() throws Exception {
		post("{\"tags\":\"product:4\",\"wait\":\"PT20S\"}");
		assertThat(sent()).containsExactlyInAnyOrder("/products/4", "/products/4?page=2", "/products/4/reviews");
	}

}
