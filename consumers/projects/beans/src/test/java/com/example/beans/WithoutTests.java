package com.example.beans;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists the beans of an application that does not have the starter.
 */
@EnabledIfSystemProperty(named = "beans.module", matches = ".*-without")
class WithoutTests {

	@Test
	void listsTheBeans() throws IOException {
		assertThat(getClass().getResource("/io/github/cftracker/UrlStore.class")).isNull();
		Beans beans = Beans.of();
		assertThat(beans.types()).isNotEmpty();
		assertThat(beans.order()).isNotEmpty();
		beans.write(Path.of("target/beans.txt"));
	}

}
