/**
 * Single steps, measured with JMH: what a request is held up for, what a flush, a claim
 * and a plan cost for each path.
 */
@NullMarked
package io.github.cftracker.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
