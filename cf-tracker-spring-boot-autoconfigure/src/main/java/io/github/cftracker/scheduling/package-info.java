/**
 * Internal: lifecycles, the cron schedule, and the single run from the command line.
 */
@NullMarked
package io.github.cftracker.scheduling;

import org.jspecify.annotations.NullMarked;
