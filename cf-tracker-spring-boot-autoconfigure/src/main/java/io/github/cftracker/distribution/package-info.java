/**
 * What is known of the distribution: its settings, read from CloudFront, what they say
 * about a path, and what is wrong with them.
 */
@NullMarked
package io.github.cftracker.distribution;

import org.jspecify.annotations.NullMarked;
