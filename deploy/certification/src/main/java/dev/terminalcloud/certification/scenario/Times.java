package dev.terminalcloud.certification.scenario;

import java.time.Duration;

/**
 * The times that the device protocol names, and how long the suite waits for other things.
 *
 * @param claimEvery an unanswered claim is repeated this often
 * @param noGrant a claim without an answer is given up after this time
 * @param acknowledgement a device whose message is not acknowledged for so long connects anew
 * @param commandAcknowledgement a device acknowledges a command within this time
 * @param reply an answer that takes longer counts as none
 * @param quiet when nothing has come for so long, nothing will
 * @param reconnect a device is back within this time after its connection broke
 * @param operator somebody at the device does what is asked within this time
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
    /** What the network and a slow processor may add. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** As the device protocol says. */
    public static final Times PROTOCOL = new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));

    /** For a device whose own times of the protocol are shorter by this factor, so that nobody has to wait for them. */
    public Times fasterBy(int factor) {
        return new Times(
                claimEvery.dividedBy(factor),
                noGrant.dividedBy(factor),
                acknowledgement.dividedBy(factor),
                commandAcknowledgement,
                reply,
                quiet.dividedBy(factor),
                reconnect,
                operator);
    }

    public Times withReply(Duration value) {
        return new Times(
                claimEvery, noGrant, acknowledgement, commandAcknowledgement, value, quiet, reconnect, operator);
    }

    public Times withPerson(Duration value) {
        return new Times(claimEvery, noGrant, acknowledgement, commandAcknowledgement, reply, quiet, reconnect, value);
    }

    /** A time of the protocol is kept from a fifth less on. */
    static Duration earliest(Duration nominal) {
        return nominal.multipliedBy(4).dividedBy(5);
    }

    /** A time of the protocol is kept up to a fifth more, and a second. */
    static Duration latest(Duration nominal) {
        return nominal.multipliedBy(6).dividedBy(5).plus(TOLERANCE);
    }
}
