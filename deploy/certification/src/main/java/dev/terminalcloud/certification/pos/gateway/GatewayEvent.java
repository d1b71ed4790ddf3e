package dev.terminalcloud.certification.pos.gateway;

import java.time.Instant;
import java.util.Optional;

/** Something that happened between the POS and the gateway. */
public sealed interface GatewayEvent {
    Instant time();

    /**
     * A request of the POS.
     *
     * @param number grows by one with each request
     * @param namesPaired whether the three names are those of the pairing; true for requests without names
     * @param tokenValid whether the pairing token is the newest; true for requests without one
     */
    record RequestReceived(Instant time, int number, PosRequest request, boolean namesPaired, boolean tokenValid)
            implements GatewayEvent {
        /** Returns whether this is such a call about this transaction. */
        public boolean is(Call call, String transactionId) {
            return request.call() == call && request.id().equals(transactionId);
        }
    }

    /** A transaction was stored for the request of this number. */
    record TransactionStored(Instant time, int number, String transactionId, boolean isPayment)
            implements GatewayEvent {}

    /**
     * A response to the request of this number.
     *
     * @param shown what it shows of a transaction; empty without one
     */
    record AnswerSent(Instant time, int number, Call call, int status, Optional<ShownVersion> shown)
            implements GatewayEvent {}

    /** The connection of the request of this number was closed instead of a response. */
    record AnswerDropped(Instant time, int number) implements GatewayEvent {}

    /** An event was sent on the stream that the request of this number has opened. */
    record StreamEventSent(Instant time, int number, ShownVersion shown) implements GatewayEvent {}

    /**
     * A callback was sent.
     *
     * @param status the status of the response; 0 without one
     */
    record CallbackSent(Instant time, ShownVersion shown, boolean genuine, int status) implements GatewayEvent {
        /** Returns whether the POS has acknowledged it. */
        public boolean isAcknowledged() {
            return status >= 200 && status < 300;
        }

        /** Returns whether the POS has refused it. */
        public boolean isRefused() {
            return status >= 400 && status < 500;
        }
    }

    /** The version of a transaction that the POS was shown. */
    record ShownVersion(String transactionId, long version, boolean completed) {}
}
