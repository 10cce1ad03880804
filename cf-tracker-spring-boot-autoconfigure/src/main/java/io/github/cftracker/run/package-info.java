/**
 * Runs: the queue, the claim, the batches, and the watch until CloudFront is done.
 */
@NullMarked
package io.github.cftracker.run;

import org.jspecify.annotations.NullMarked;
