/**
 * What tests and benchmarks of several modules share: Redis servers, alone and
 * replicated, and processes.
 */
@NullMarked
package io.github.cftracker.testing;

import org.jspecify.annotations.NullMarked;
