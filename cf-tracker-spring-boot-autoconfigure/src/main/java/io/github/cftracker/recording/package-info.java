/**
 * From a decision to the store: the buffer, the writer, the limits on the number of paths
 * and the replay of lost writes. Internal.
 */
@NullMarked
package io.github.cftracker.recording;

import org.jspecify.annotations.NullMarked;
