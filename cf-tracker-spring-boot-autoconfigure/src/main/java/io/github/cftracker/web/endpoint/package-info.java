/**
 * Checks requests to the actuator endpoints before Spring Boot reads them. Internal.
 */
@NullMarked
package io.github.cftracker.web.endpoint;

import org.jspecify.annotations.NullMarked;
