/**
 * Internal: text of other systems, made safe to log.
 */
@NullMarked
package io.github.cftracker.text;

import org.jspecify.annotations.NullMarked;
