/**
 * Tracks requests of a servlet application. The only room besides the auto-configuration
 * that knows the Servlet API.
 */
@NullMarked
package io.github.cftracker.web;

import org.jspecify.annotations.NullMarked;
