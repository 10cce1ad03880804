package io.github.cftracker.sample;

import org.jspecify.annotations.Nullable;

/**
 * A page as somebody got it.
 *
 * @param status the status
 * @param html the page
 * @param cache what the edge says, {@code null} from the origin
 * @param age how many seconds the edge has had it, {@code null} where it says nothing
 */
record PageView(int status, String html, @Nullable String cache, @Nullable String age) {
}
