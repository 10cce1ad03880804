/**
 * What a request is held up for.
 */
@NullMarked
package io.github.cftracker.benchmarks.request;

import org.jspecify.annotations.NullMarked;
