/**
 * Internal: runs from the request to the end: queue, claim, batches, and the watch until
 * CloudFront has completed them.
 */
@NullMarked
package io.github.cftracker.run;

import org.jspecify.annotations.NullMarked;
