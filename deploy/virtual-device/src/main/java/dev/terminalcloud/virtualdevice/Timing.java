package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.connection.Backoff;
import java.time.Duration;

/**
 * How long a device waits for what.
 *
 * @param claimEvery an unanswered claim is repeated this often
 * @param grantTimeout a claim without an answer is given up after this time, measured from the first
 * @param acknowledgementLimit a message that the cloud does not acknowledge for so long makes the device connect anew
 * @param payment how long the customer takes to pay
 */
public record Timing(
        Duration claimEvery,
        Duration grantTimeout,
        Duration acknowledgementLimit,
        Duration payment,
        Backoff reconnect) {

    /** As the device protocol says, with a customer who pays at once. */
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
