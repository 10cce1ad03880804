package io.github.cftracker.memory;

import java.time.Clock;

import io.github.cftracker.RoutesAndTagsContractTests;
import io.github.cftracker.UrlStore;
import io.github.cftracker.web.SpringPathPatterns;

class MemoryRoutesAndTagsTests extends RoutesAndTagsContractTests {

	@Override
	protected UrlStore createStore(long maxTagEntries) {
		return new MemoryUrlStore(Clock.systemUTC(), new SpringPathPatterns(), maxTagEntries);
	}

	@Override
	protected boolean hasNoTags() {
		return ((MemoryUrlStore) this.store).tagEntries() == 0;
	}

}
