package io.github.cftracker.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ResponseFindings} go by.
 *
 * @param status the final status
 * @param cacheControl the {@code Cache-Control} header, several joined by commas
 * @param setsCookie whether it has a {@code Set-Cookie} header, as far as
 * {@link ResponseFindings#watchesCookies()}
 */
public record ObservedResponse(int status, @Nullable String cacheControl, boolean setsCookie) {
}
