/**
 * From a finished response to the store: the decision, the lifetime, the buffer.
 */
@NullMarked
package io.github.cftracker.tracking;

import org.jspecify.annotations.NullMarked;
