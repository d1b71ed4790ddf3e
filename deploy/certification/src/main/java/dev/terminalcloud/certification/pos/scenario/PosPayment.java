package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.PosRequest;
import java.util.Optional;

/**
 * A payment that the operator was asked to take.
 *
 * @param mark the mark in the log before the task
 * @param cents the amount of the task
 * @param start the first request for it
 * @param id the id of the transaction that was stored for it; empty if the start was rejected
 */
record PosPayment(int mark, long cents, RequestReceived start, Optional<String> id) {

    String transactionId() {
        return id.orElseThrow();
    }

    PosRequest request() {
        return start.request();
    }

    boolean hasKey() {
        return request().key().isPresent();
    }

    boolean hasCallback() {
        return !request().text("PosNotificationCallbackUrl").isEmpty();
    }

    /** Returns whether the request is the same start again: with the same key. */
    boolean isRepeatedBy(PosRequest other) {
        return hasKey() && other.key().equals(request().key());
    }
}
