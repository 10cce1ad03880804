/**
 * Internal: what a response means for its path: whether CloudFront caches it, for how
 * long, and in which form of the path.
 */
@NullMarked
package io.github.cftracker.tracking;

import org.jspecify.annotations.NullMarked;
