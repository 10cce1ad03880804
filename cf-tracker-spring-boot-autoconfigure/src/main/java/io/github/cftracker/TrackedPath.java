package io.github.cftracker;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A tracked path as the store shows it.
 *
 * @param path the path
 * @param expiresAt when it expires by the store's clock, {@code null} for never
 */
public record TrackedPath(String path, @Nullable Instant expiresAt) {
}
