/**
 * What tracking costs a page, and Redis: each benchmark is a command and writes a table.
 */
@NullMarked
package io.github.cftracker.benchmarks;

import org.jspecify.annotations.NullMarked;
