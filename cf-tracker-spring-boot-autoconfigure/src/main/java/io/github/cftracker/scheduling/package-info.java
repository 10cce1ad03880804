/**
 * Starts and stops what has threads, the cron, and the single run from the command line.
 */
@NullMarked
package io.github.cftracker.scheduling;

import org.jspecify.annotations.NullMarked;
