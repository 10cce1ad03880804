/**
 * Actuator endpoints.
 */
@NullMarked
package io.github.cftracker.actuate;

import org.jspecify.annotations.NullMarked;
