/**
 * Internal: from a decision to the store: the buffer, the writer, the limits on the
 * number of paths and the replay of lost writes.
 */
@NullMarked
package io.github.cftracker.recording;

import org.jspecify.annotations.NullMarked;
