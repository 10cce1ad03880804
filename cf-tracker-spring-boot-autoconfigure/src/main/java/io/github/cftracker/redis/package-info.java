/**
 * Tracked paths in Redis, on Lettuce. The only room besides the auto-configuration that
 * knows Lettuce and Spring Data Redis, which is optional.
 */
@NullMarked
package io.github.cftracker.redis;

import org.jspecify.annotations.NullMarked;
