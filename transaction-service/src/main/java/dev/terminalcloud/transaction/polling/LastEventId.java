package dev.terminalcloud.transaction.polling;

import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The header {@code Last-Event-ID}, which a client sends that opens an event stream again. */
final class LastEventId {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private LastEventId() {}

    /** Returns the version that the client has seen; absent if it sends none, or something else, which no stream has sent. */
    static OptionalLong of(HttpServerRequest request) {
        String sent = request.getHeader("Last-Event-ID");
        return sent != null && VERSION.matcher(sent).matches()
                ? OptionalLong.of(Long.parseLong(sent))
                : OptionalLong.empty();
    }
}
