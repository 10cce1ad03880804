/**
 * Tests of the local CloudFront with the real SDK and a real origin.
 */
@NullMarked
package io.github.cftracker.test;

import org.jspecify.annotations.NullMarked;
