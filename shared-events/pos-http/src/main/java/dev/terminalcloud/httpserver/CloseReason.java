package dev.terminalcloud.httpserver;

import java.util.Locale;

/** The limit for which the server closed the connection of an incomplete request. */
enum CloseReason {
    HEAD_TIMEOUT,
    BODY_TIMEOUT,
    TOO_MANY_REQUESTS,
    TOO_MANY_BYTES;

    /** Returns the name as a label of a metric. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
