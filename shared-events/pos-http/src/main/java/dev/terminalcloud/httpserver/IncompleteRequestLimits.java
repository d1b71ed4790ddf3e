package dev.terminalcloud.httpserver;

import java.time.Duration;

/**
 * The limits of requests that have begun and are not complete.
 *
 * @param head for the request line and the headers, from their first byte
 * @param body for the body, from the end of the headers
 * @param idle for the first byte of the next request, from the opening of the connection or from the last answer
 * @param maxRequests the number of incomplete requests in the process
 * @param maxBytes the bytes of all incomplete requests in the process
 */
record IncompleteRequestLimits(Duration head, Duration body, Duration idle, int maxRequests, long maxBytes) {
    /** Clients keep idle connections for less than five minutes, so that no request meets the end of its connection. */
    static final IncompleteRequestLimits DEFAULT = new IncompleteRequestLimits(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), 2_000, 32 * 1024 * 1024);
}
