package io.github.cftracker.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleDocumentTests {

	@Test
	void seesAChangedFieldAndNoOtherId() {
		String output = "{\"id\":\"6d147a60-4cfd-4d06-96d0-3deef9f0f1a1\",\"items\":1}";
		assertThat(ConsoleDocument.comparable(output))
			.isEqualTo(ConsoleDocument.comparable(output.replace("6d147a60", "7d147a60")))
			.isNotEqualTo(ConsoleDocument.comparable(output.replace("items", "item")))
			.isNotEqualTo(ConsoleDocument.comparable(output.replace(":1", ":2")));
	}

}
