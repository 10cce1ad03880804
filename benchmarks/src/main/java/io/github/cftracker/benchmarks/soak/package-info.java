/**
 * Whether anything grows while an application runs and runs.
 */
@NullMarked
package io.github.cftracker.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
