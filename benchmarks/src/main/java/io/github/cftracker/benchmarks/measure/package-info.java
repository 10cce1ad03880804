/**
 * What several benchmarks measure with.
 */
@NullMarked
package io.github.cftracker.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
