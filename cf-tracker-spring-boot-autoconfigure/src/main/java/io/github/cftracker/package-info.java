/**
 * What applications call and replace: the tracker, the invalidator, the store port.
 */
@NullMarked
package io.github.cftracker;

import org.jspecify.annotations.NullMarked;
