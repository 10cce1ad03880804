/**
 * Internal: settings of the distribution, read from CloudFront, what they mean for a
 * path, and what is wrong with them.
 */
@NullMarked
package io.github.cftracker.distribution;

import org.jspecify.annotations.NullMarked;
