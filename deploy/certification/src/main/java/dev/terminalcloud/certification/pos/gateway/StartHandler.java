package dev.terminalcloud.certification.pos.gateway;

import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.pos.gateway.StartReaction.Reject;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndDrop;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndFail;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndHold;
import dev.terminalcloud.certification.trace.EventLog;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Starts transactions (POS API, sections 3, 6 and 10). On the event loop. */
final class StartHandler {
    private static final Duration HELD = Duration.ofSeconds(110);

    private final Vertx vertx;
    private final GatewayState state;
    private final SimulatedPairing pairing;
    private final LinkedRefundRules refunds;
    private final EventLog<GatewayEvent> log;
    private final Clock clock;
    private String publicUrl = "";
    private Optional<Runnable> held = Optional.empty();

    StartHandler(Vertx vertx, GatewayState state, SimulatedPairing pairing, EventLog<GatewayEvent> log, Clock clock) {
        this.vertx = vertx;
        this.state = state;
        this.pairing = pairing;
        this.refunds = new LinkedRefundRules(state);
        this.log = log;
        this.clock = clock;
    }

    void publishAt(String url) {
        publicUrl = url;
    }

    void start(Exchange exchange) {
        PosRequest request = exchange.request();
        Optional<SimulatedTransaction> earlier = request.key().flatMap(state::withKey);
        Optional<String> malformed =
                request.problems().stream().findFirst().or(() -> LinkedRefundRules.malformed(request));
        if (malformed.isPresent()) {
            exchange.error(400, malformed.get());
        } else if (request.isLinkedRefund() && request.pairingToken().isEmpty()) {
            exchange.error(401, "Pairing-Token is missing");
        } else if (!pairing.accepts(request.pairingToken())) {
            exchange.error(401, "Invalid pairing token");
        } else if (earlier.isPresent()) {
            repeat(exchange, earlier.get());
        } else if (!pairing.isPaired() || !pairing.hasNames(request)) {
            exchange.error(400, "This register is not paired to a device, please pair it first.");
        } else if (!request.isPayment()) {
            runFunction(exchange);
        } else {
            react(exchange);
        }
    }

    private void repeat(Exchange exchange, SimulatedTransaction earlier) {
        if (!exchange.request().isRepetitionOf(earlier.request())) {
            exchange.error(422, "Idempotency-Key was used for another request");
            return;
        }
        earlier.renewToken();
        if (exchange.request().isSynchronous()) {
            hold(exchange, earlier);
        } else {
            exchange.answer(earlier, earlier.polledWithUrl(publicUrl));
        }
    }

    private void react(Exchange exchange) {
        StartReaction reaction = state.startReactions().poll();
        Optional<String> refundError = refunds.error(exchange.request());
        if (reaction instanceof Reject reject) {
            if (reject.retryAfterSeconds() > 0) {
                exchange.withHeader("Retry-After", Integer.toString(reject.retryAfterSeconds()));
            }
            exchange.error(reject.status(), reject.error());
        } else if (refundError.isPresent()) {
            exchange.error(400, refundError.get());
        } else if (isBusy()) {
            exchange.error(429, "device is busy");
        } else if (reaction instanceof StoreAndDrop drop) {
            state.change(store(exchange), drop.state());
            exchange.drop();
        } else if (reaction instanceof StoreAndFail fail) {
            state.change(store(exchange), fail.state());
            exchange.error(fail.status(), fail.error());
        } else if (reaction instanceof StoreAndHold) {
            SimulatedTransaction stored = store(exchange);
            held = Optional.of(() -> answer(exchange, stored));
        } else {
            answer(exchange, store(exchange));
        }
    }

    /** Responds to the start that is held, if there is one. */
    void answerHeld() {
        held.ifPresent(Runnable::run);
        held = Optional.empty();
    }

    private boolean isBusy() {
        return !state.unfinished().isEmpty();
    }

    private SimulatedTransaction store(Exchange exchange) {
        SimulatedTransaction stored = new SimulatedTransaction(exchange.request(), clock.instant());
        state.add(stored);
        log.add(new TransactionStored(
                clock.instant(),
                exchange.number(),
                stored.id(),
                exchange.request().isPayment()));
        return stored;
    }

    private void answer(Exchange exchange, SimulatedTransaction stored) {
        if (exchange.request().isSynchronous()) {
            hold(exchange, stored);
        } else {
            exchange.answer(stored, stored.started(publicUrl));
        }
    }

    /** Responds at the end of the transaction, and after 110 s at the latest. */
    private void hold(Exchange exchange, SimulatedTransaction stored) {
        long timer = vertx.setTimer(HELD.toMillis(), late -> {
            state.change(
                    stored,
                    TransactionState.pending(Map.of(
                            "TransactionResult", "OK-DELAYED",
                            "Result", "DELAYED-TRANSACTION",
                            "ResultText", "Transaction takes longer than usual")));
            exchange.answer(stored, stored.polledWithUrl(publicUrl));
        });
        state.listen(stored, changed -> {
            if (changed.isCompleted()) {
                vertx.cancelTimer(timer);
                exchange.answer(changed, changed.polled());
            }
            return changed.isCompleted();
        });
        state.notifyListeners(stored);
    }

    /** Runs a function without a customer: it ends at once. */
    private void runFunction(Exchange exchange) {
        if (isBusy()) {
            exchange.error(429, "device is busy");
            return;
        }
        TransactionState result = resultOf(exchange.request().text("TransactionType"));
        SimulatedTransaction stored = store(exchange);
        answer(exchange, stored);
        state.change(stored, result);
    }

    private TransactionState resultOf(String function) {
        return switch (function) {
            case "Journal.GetTransResult" ->
                state.newestFirst().stream()
                        .filter(transaction -> transaction.request().isPayment())
                        .findFirst()
                        .map(last -> last.state().with("ReferenceId", last.id()))
                        .orElse(TransactionState.completed(Map.of("TransactionResult", "FAILED", "Result", "FAILED")));
            case "Terminal.GetStatus" -> TransactionState.completed(Map.of("Result", "OK", "Status", "READY"));
            default -> TransactionState.completed(Map.of("TransactionResult", "OK-ACCEPTED", "Result", "OK"));
        };
    }
}
