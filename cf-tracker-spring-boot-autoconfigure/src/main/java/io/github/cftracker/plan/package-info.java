/**
 * Internal: which items an invalidation of many paths consists of.
 */
@NullMarked
package io.github.cftracker.plan;

import org.jspecify.annotations.NullMarked;
