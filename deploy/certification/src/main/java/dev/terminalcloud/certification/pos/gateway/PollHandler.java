package dev.terminalcloud.certification.pos.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Delay;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Drop;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Fail;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows and cancels transactions (POS API, sections 4 and 10). On the event loop. */
final class PollHandler {
    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final GatewayState state;
    private final SimulatedPairing pairing;
    private final List<Exchange> streams = new ArrayList<>();
    private String publicUrl = "";

    PollHandler(Vertx vertx, GatewayState state, SimulatedPairing pairing) {
        this.vertx = vertx;
        this.state = state;
        this.pairing = pairing;
    }

    void publishAt(String url) {
        publicUrl = url;
    }

    void poll(Exchange exchange) {
        Optional<SimulatedTransaction> found = authorised(exchange);
        if (found.isEmpty()) {
            return;
        }
        PollReaction reaction = state.pollReactions().poll();
        if (reaction instanceof Fail fail) {
            exchange.withHeader("Retry-After", "1").error(fail.status(), fail.error());
        } else if (reaction instanceof Drop) {
            exchange.drop();
        } else if (reaction instanceof Delay delay) {
            vertx.setTimer(delay.time().toMillis(), late -> show(exchange, found.get()));
        } else {
            show(exchange, found.get());
        }
    }

    /** Returns the transaction if the token is valid; otherwise responds. */
    private Optional<SimulatedTransaction> authorised(Exchange exchange) {
        PosRequest request = exchange.request();
        Optional<SimulatedTransaction> found = state.find(request.id())
                .filter(transaction -> transaction.token().equals(request.text("merchantAccessToken")));
        if (found.isEmpty()) {
            exchange.error(401, "Invalid token");
        } else if (found.get().isExpired()) {
            exchange.error(401, "Token expired");
            return Optional.empty();
        } else if (!request.problems().isEmpty()) {
            exchange.error(400, request.problems().get(0));
            return Optional.empty();
        }
        return found;
    }

    private void show(Exchange exchange, SimulatedTransaction transaction) {
        if (exchange.request().wantsStream()) {
            stream(exchange, transaction);
        } else if (exchange.request().isLongPoll()) {
            awaitVersion(exchange, transaction);
        } else {
            exchange.answer(transaction, transaction.polled());
        }
    }

    private void awaitVersion(Exchange exchange, SimulatedTransaction transaction) {
        PosRequest request = exchange.request();
        String known = request.parameters().getOrDefault("version", Long.toString(transaction.version()));
        if (transaction.isCompleted() || !known.equals(Long.toString(transaction.version()))) {
            exchange.answer(transaction, transaction.polled());
            return;
        }
        long timer = vertx.setTimer(
                Duration.ofSeconds(Long.parseLong(request.text("wait"))).toMillis(),
                late -> exchange.answer(transaction, transaction.polled()));
        state.listen(transaction, changed -> {
            vertx.cancelTimer(timer);
            exchange.answer(changed, changed.polled());
            return true;
        });
    }

    private void stream(Exchange exchange, SimulatedTransaction transaction) {
        exchange.beginStream();
        if (!exchange.request().lastEventId().equals(Optional.of(Long.toString(transaction.version())))) {
            exchange.writeEvent(transaction);
        } else {
            exchange.writeComment();
        }
        if (transaction.isCompleted()) {
            exchange.endStream();
            return;
        }
        streams.add(exchange);
        long timer = vertx.setPeriodic(COMMENT_INTERVAL.toMillis(), late -> {
            if (exchange.isOpen()) {
                exchange.writeComment();
            }
        });
        state.listen(transaction, changed -> {
            if (exchange.isOpen()) {
                exchange.writeEvent(changed);
                if (changed.isCompleted()) {
                    exchange.endStream();
                }
            }
            boolean done = !exchange.isOpen();
            if (done) {
                vertx.cancelTimer(timer);
                streams.remove(exchange);
            }
            return done;
        });
    }

    /** Writes a comment on each open stream, which means nothing. */
    void writeComments() {
        streams.stream().filter(Exchange::isOpen).forEach(Exchange::writeComment);
    }

    /** Closes the connections of the streams. */
    void cutStreams() {
        streams.stream().filter(Exchange::isOpen).forEach(Exchange::drop);
        streams.clear();
    }

    void cancel(Exchange exchange) {
        authorised(exchange).ifPresent(transaction -> {
            state.change(transaction, transaction.state().with("Cancellation", "REQUESTED"));
            ObjectNode shown = transaction.polled();
            ObjectNode data = shown.withObject("/data");
            if (!data.has("Cancellation")) {
                data.put("Cancellation", "TOO-LATE");
            }
            exchange.answer(transaction, shown);
        });
    }

    /** Shows a transaction by its id and the pairing token. */
    void lookUp(Exchange exchange) {
        Optional<SimulatedTransaction> found = state.find(exchange.request().id());
        if (!pairing.accepts(exchange.request().pairingToken()) || found.isEmpty()) {
            exchange.error(401, "Invalid pairing token");
        } else {
            exchange.answer(found.get(), found.get().polled());
        }
    }

    /** Shows the transactions of the register. */
    void list(Exchange exchange) {
        PosRequest request = exchange.request();
        if (request.pairingToken().isEmpty()) {
            exchange.error(401, "Pairing-Token is missing");
            return;
        }
        if (!pairing.accepts(request.pairingToken()) || !pairing.hasNames(request)) {
            exchange.error(401, "Invalid pairing token");
            return;
        }
        String reference = request.text("POSReferenceID");
        List<SimulatedTransaction> found = state.newestFirst().stream()
                .filter(transaction -> reference.isEmpty()
                        || transaction.request().text("POSReferenceID").equals(reference))
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode transactions = answer.putArray("transactions");
        found.forEach(transaction -> {
            transaction.renewToken();
            transactions.add(transaction.polledWithUrl(publicUrl));
        });
        if (found.isEmpty()) {
            exchange.answer(answer);
        } else {
            exchange.answer(found.get(0), answer);
        }
    }

    /** Shows the presence of the device. */
    void device(Exchange exchange) {
        if (!pairing.accepts(exchange.request().pairingToken())) {
            exchange.error(401, "Invalid pairing token");
            return;
        }
        exchange.answer(JsonNodeFactory.instance
                .objectNode()
                .put("deviceId", SimulatedTransaction.DEVICE_ID)
                .put("online", true)
                .put("status", "READY")
                .put("busy", !state.unfinished().isEmpty()));
    }

    /** Shows the service level of a gateway that has measured nothing. */
    void status(Exchange exchange) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "ok");
        answer.putObject("deliveryMillis");
        answer.putObject("answerMillis");
        exchange.answer(answer.put("window", "PT1H"));
    }
}
