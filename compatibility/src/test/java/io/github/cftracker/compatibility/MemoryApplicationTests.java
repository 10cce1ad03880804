package io.github.cftracker.compatibility;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "cf.tracker.store=memory")
class MemoryApplicationTests extends AbstractApplicationTests {

	@Override
	String storeName() {
		return "memory";
	}

}
