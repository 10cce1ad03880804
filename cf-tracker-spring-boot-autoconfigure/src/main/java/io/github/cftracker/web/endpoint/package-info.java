/**
 * Internal: checks of requests to the actuator endpoints before Spring Boot reads them.
 */
@NullMarked
package io.github.cftracker.web.endpoint;

import org.jspecify.annotations.NullMarked;
