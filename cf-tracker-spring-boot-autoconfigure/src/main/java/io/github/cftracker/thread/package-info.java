/**
 * Internal: repetition of work on threads, and their end.
 */
@NullMarked
package io.github.cftracker.thread;

import org.jspecify.annotations.NullMarked;
