/**
 * A million tracked paths: what they cost Redis, and a run over all of them.
 */
@NullMarked
package io.github.cftracker.benchmarks.million;

import org.jspecify.annotations.NullMarked;
