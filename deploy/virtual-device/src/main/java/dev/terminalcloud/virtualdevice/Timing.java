package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.connection.Backoff;
import java.time.Duration;

/**
 * The timeouts and intervals of a device.
 *
 * @param claimEvery interval between repetitions of an unanswered claim
 * @param grantTimeout time after which an unanswered claim is given up, measured from the first claim
 * @param acknowledgementLimit time after which an unacknowledged message makes the device reconnect
 * @param payment time that the customer takes to pay
 */
public record Timing(
        Duration claimEvery,
        Duration grantTimeout,
        Duration acknowledgementLimit,
        Duration payment,
        Backoff reconnect) {

    /** The timing of the device protocol, with a customer who pays at once. */
    public static final Timing PROTOCOL = new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ZERO,
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)));

    public Timing withPayment(Duration time) {
        return new Timing(claimEvery, grantTimeout, acknowledgementLimit, time, reconnect);
    }
}
