/**
 * Internal: actuator endpoints, health and metrics.
 */
@NullMarked
package io.github.cftracker.actuate;

import org.jspecify.annotations.NullMarked;
