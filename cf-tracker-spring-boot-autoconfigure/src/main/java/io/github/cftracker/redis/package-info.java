/**
 * Tracked paths in Redis. The only room besides the auto-configuration that knows Spring
 * Data Redis.
 */
@NullMarked
package io.github.cftracker.redis;

import org.jspecify.annotations.NullMarked;
