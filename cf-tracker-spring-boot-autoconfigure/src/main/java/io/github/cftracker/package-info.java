/**
 * API of the tracker: everything that an application calls, implements or replaces. All
 * other packages are internal, and change without notice.
 */
@NullMarked
package io.github.cftracker;

import org.jspecify.annotations.NullMarked;
