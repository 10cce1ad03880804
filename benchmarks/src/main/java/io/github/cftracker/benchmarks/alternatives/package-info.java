/**
 * The starter beside what people use instead of it.
 */
@NullMarked
package io.github.cftracker.benchmarks.alternatives;

import org.jspecify.annotations.NullMarked;
