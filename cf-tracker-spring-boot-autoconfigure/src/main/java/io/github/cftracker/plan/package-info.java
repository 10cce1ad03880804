/**
 * The plan: which items an invalidation of many paths is made of.
 */
@NullMarked
package io.github.cftracker.plan;

import org.jspecify.annotations.NullMarked;
