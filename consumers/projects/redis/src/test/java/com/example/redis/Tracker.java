package com.example.redis;

/**
 * The ways in which the starter can be configured beside the application's Redis.
 */
enum Tracker {

	OWN_REDIS("cf.tracker.redis-url=${tracker.url}"),

	REDIS_OF_THE_APPLICATION("cf.tracker.store=redis"),

	MEMORY("cf.tracker.store=memory"),

	DISABLED("cf.tracker.enabled=false"),

	BLANK("cf.tracker.distribution-id=");

	private final String property;

	Tracker(String property) {
		this.property = property;
	}

	String property() {
		return this.property;
	}

	boolean isActive() {
		return this != DISABLED && this != BLANK;
	}

}
