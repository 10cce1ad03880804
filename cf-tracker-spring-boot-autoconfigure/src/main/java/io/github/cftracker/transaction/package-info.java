/**
 * Internal: invalidation after methods have returned and transactions have committed.
 */
@NullMarked
package io.github.cftracker.transaction;

import org.jspecify.annotations.NullMarked;
