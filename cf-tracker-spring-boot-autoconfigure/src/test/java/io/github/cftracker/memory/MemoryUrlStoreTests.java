package io.github.cftracker.memory;

import java.time.Clock;

import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlStoreContractTests;

class MemoryUrlStoreTests extends UrlStoreContractTests {

	@Override
	protected UrlStore createStore() {
		return new MemoryUrlStore(Clock.systemUTC());
	}

}
