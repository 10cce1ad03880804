/**
 * Properties and wiring.
 */
@NullMarked
package io.github.cftracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
