package dev.terminalcloud.certification.pos.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerDropped;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.ShownVersion;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.StreamEventSent;
import dev.terminalcloud.certification.trace.EventLog;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Optional;

/** One request and its response. On the event loop. */
final class Exchange {
    private final int number;
    private final PosRequest request;
    private final HttpServerRequest http;
    private final EventLog<GatewayEvent> log;
    private final Clock clock;

    Exchange(int number, PosRequest request, HttpServerRequest http, EventLog<GatewayEvent> log, Clock clock) {
        this.number = number;
        this.request = request;
        this.http = http;
        this.log = log;
        this.clock = clock;
        // Each response has them, also an error (POS API, section 1).
        http.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
    }

    int number() {
        return number;
    }

    PosRequest request() {
        return request;
    }

    /** Returns whether it still needs a response. */
    boolean isOpen() {
        return !http.response().ended() && !http.response().closed();
    }

    Exchange withHeader(String name, String value) {
        http.response().putHeader(name, value);
        return this;
    }

    void answer(ObjectNode body) {
        answer(200, body, Optional.empty());
    }

    /** Responds with what it shows of a transaction. */
    void answer(SimulatedTransaction transaction, ObjectNode body) {
        answer(200, body, Optional.of(transaction.shown()));
    }

    void error(int status, String text) {
        answer(status, JsonNodeFactory.instance.objectNode().put("error", text), Optional.empty());
    }

    private void answer(int status, ObjectNode body, Optional<ShownVersion> shown) {
        if (isOpen()) {
            log.add(new AnswerSent(clock.instant(), number, request.call(), status, shown));
            http.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(body.toString());
        }
    }

    /** Closes the connection without a response. */
    void drop() {
        log.add(new AnswerDropped(clock.instant(), number));
        http.connection().close();
    }

    void beginStream() {
        http.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    void writeComment() {
        http.response().write(":\n\n");
    }

    void writeEvent(SimulatedTransaction transaction) {
        HttpServerResponse response = http.response();
        log.add(new StreamEventSent(clock.instant(), number, transaction.shown()));
        response.write(
                "id: %d\nevent: transaction\ndata: %s\n\n".formatted(transaction.version(), transaction.polled()));
    }

    void endStream() {
        http.response().end();
    }
}
