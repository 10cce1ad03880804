/**
 * Internal: the store and the ledger in the memory of this process.
 */
@NullMarked
package io.github.cftracker.memory;

import org.jspecify.annotations.NullMarked;
