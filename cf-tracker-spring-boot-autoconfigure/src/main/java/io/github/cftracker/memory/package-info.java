/**
 * What keeps tracked paths and runs in the memory of this process.
 */
@NullMarked
package io.github.cftracker.memory;

import org.jspecify.annotations.NullMarked;
