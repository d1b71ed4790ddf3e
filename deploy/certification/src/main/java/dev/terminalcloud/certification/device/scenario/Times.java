package dev.terminalcloud.certification.device.scenario;

import java.time.Duration;

/**
 * The times of the device protocol, and the other timeouts of the suite.
 *
 * @param claimEvery the interval between repeated claims
 * @param noGrant the time after which a device gives up an unanswered claim
 * @param acknowledgement the time after which a device reconnects if its message is not acknowledged
 * @param commandAcknowledgement the maximum time for a device to acknowledge a command
 * @param reply the maximum time to wait for an answer of the device
 * @param quiet the time without a message after which none is expected
 * @param reconnect the maximum time for a device to reconnect
 * @param operator the maximum time for the operator to complete a task
 */
public record Times(
        Duration claimEvery,
        Duration noGrant,
        Duration acknowledgement,
        Duration commandAcknowledgement,
        Duration reply,
        Duration quiet,
        Duration reconnect,
        Duration operator) {
    /** Tolerance for the network and a slow processor. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** The times of the device protocol. */
    public static final Times PROTOCOL = new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));

    /** Returns the times for a device that divides the times of the protocol by this divisor, so that a run takes less time. */
    public Times dividedBy(int divisor) {
        return new Times(
                claimEvery.dividedBy(divisor),
                noGrant.dividedBy(divisor),
                acknowledgement.dividedBy(divisor),
                commandAcknowledgement,
                reply,
                quiet.dividedBy(divisor),
                reconnect,
                operator);
    }

    public Times withReply(Duration value) {
        return new Times(
                claimEvery, noGrant, acknowledgement, commandAcknowledgement, value, quiet, reconnect, operator);
    }

    public Times withOperator(Duration value) {
        return new Times(claimEvery, noGrant, acknowledgement, commandAcknowledgement, reply, quiet, reconnect, value);
    }

    /** Returns the earliest accepted time: a fifth less than the nominal one. */
    static Duration earliest(Duration nominal) {
        return nominal.multipliedBy(4).dividedBy(5);
    }

    /** Returns the latest accepted time: a fifth more than the nominal one, plus a second. */
    static Duration latest(Duration nominal) {
        return nominal.multipliedBy(6).dividedBy(5).plus(TOLERANCE);
    }
}
