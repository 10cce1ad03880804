/**
 * What applications call and replace: the tracker, the invalidator and the store port.
 */
@NullMarked
package io.github.cftracker;

import org.jspecify.annotations.NullMarked;
