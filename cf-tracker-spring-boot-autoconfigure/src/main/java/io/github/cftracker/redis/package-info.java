/**
 * Internal: the store and the ledger in Redis. The only package besides the auto-
 * configuration that uses Lettuce and Spring Data Redis, which is optional.
 */
@NullMarked
package io.github.cftracker.redis;

import org.jspecify.annotations.NullMarked;
