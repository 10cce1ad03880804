package io.github.cftracker.test;

import java.time.Instant;

/**
 * One API call as it arrived, so that a test sees retries and the pauses between them.
 *
 * @param operation AWS's name of the operation, for example {@code CreateInvalidation},
 * or {@code Unknown} for a request that is none of ours
 * @param status the HTTP status it was answered with, or 0 where it got no answer
 * @param at when it arrived
 */
public record RecordedCall(String operation, int status, Instant at) {

}
