/**
 * Internal: the end of the tracker's threads.
 */
@NullMarked
package io.github.cftracker.thread;

import org.jspecify.annotations.NullMarked;
