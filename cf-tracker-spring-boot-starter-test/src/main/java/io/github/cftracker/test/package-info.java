/**
 * A strict local CloudFront: its API and an edge, for tests and local development.
 */
@NullMarked
package io.github.cftracker.test;

import org.jspecify.annotations.NullMarked;
