/**
 * The application that is measured. It runs in a process of its own, and knows nothing of
 * whoever measures it.
 */
@NullMarked
package io.github.cftracker.benchmarks.page;

import org.jspecify.annotations.NullMarked;
