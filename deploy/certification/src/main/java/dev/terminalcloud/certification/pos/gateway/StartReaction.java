package dev.terminalcloud.certification.pos.gateway;

/** The reaction of the gateway to the start of a payment. */
public sealed interface StartReaction {

    /** Rejects it. Nothing is started. */
    record Reject(int status, String error, int retryAfterSeconds) implements StartReaction {}

    /** Stores the transaction in this state, and closes the connection without a response. */
    record StoreAndDrop(TransactionState state) implements StartReaction {}

    /** Stores the transaction in this state, and responds with an error that leaves open whether it did. */
    record StoreAndFail(TransactionState state, int status, String error) implements StartReaction {}

    /** Stores the transaction, and responds when the scenario lets it. */
    record StoreAndHold() implements StartReaction {}
}
