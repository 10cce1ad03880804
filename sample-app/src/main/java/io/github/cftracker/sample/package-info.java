/**
 * A small shop behind a local CloudFront.
 */
@NullMarked
package io.github.cftracker.sample;

import org.jspecify.annotations.NullMarked;
