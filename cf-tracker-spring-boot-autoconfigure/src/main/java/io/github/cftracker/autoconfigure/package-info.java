/**
 * Internal: properties and auto-configurations.
 */
@NullMarked
package io.github.cftracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
