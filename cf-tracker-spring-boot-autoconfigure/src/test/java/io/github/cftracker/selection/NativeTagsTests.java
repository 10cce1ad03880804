package io.github.cftracker.selection;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class NativeTagsTests extends SelectionTests {

	NativeTagsTests() {
		super(true);
	}

	@Test
	void sendsTheTagAlone() throws Exception {
		String run = post("{\"tags\":\"Product:4\",\"wait\":\"PT20S\"}");
		assertThat(sent()).containsExactly("#product:4");
		assertThat(JsonPath.<Integer>read(run, "$.items")).isEqualTo(1);
		assertThat(JsonPath.<Integer>read(run, "$.paths")).isEqualTo(3);
	}

	@Test
	void sendsThePageItselfWhoseHeaderHasNotAllTags() throws Exception {
		post("{\"tags\":\"many:59\",\"wait\":\"PT20S\"}");
		assertThat(sent()).containsExactlyInAnyOrder("#many:59", "/many");
	}

	@Test
	void saysWhatATagCovers() throws Exception {
		String plan = post("{\"tags\":\"product:4\",\"dryRun\":true}");
		assertThat(JsonPath.<Integer>read(plan, "$.covered['#product:4']")).isEqualTo(3);
		assertThat(JsonPath.<Integer>read(plan, "$.everyPath.items")).isEqualTo(3);
	}

}
