package dev.terminalcloud.virtualdevice.connection;

import dev.terminalcloud.virtualdevice.connection.CloudConnection.Received;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.ProtocolJson;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The device's link to the cloud: reconnects with exponential, random backoff while it is open and plugged in, and
 * closes a connection on which the cloud does not acknowledge a message in time.
 *
 * <p>All methods and the listener are called in the device's sequence: one after the other on
 * {@code sequence}.
 */
public final class CloudLink {
    private final Credentials credentials;
    private final Backoff backoff;
    private final Duration acknowledgementLimit;
    private final ScheduledExecutorService scheduler;
    private final Executor sequence;
    private final RandomGenerator random;
    private final LinkListener listener;

    private CloudConnection connection;
    private boolean connected;
    private boolean plugged = true;
    private boolean closed;
    private int failures;
    private ScheduledFuture<?> nextAttempt;

    /**
     * Creates the link without connecting: {@link #connect()} does.
     *
     * @param acknowledgementLimit maximum time until a message is acknowledged
     */
    public CloudLink(
            Credentials credentials,
            Backoff backoff,
            Duration acknowledgementLimit,
            ScheduledExecutorService scheduler,
            Executor sequence,
            RandomGenerator random,
            LinkListener listener) {
        this.credentials = credentials;
        this.backoff = backoff;
        this.acknowledgementLimit = acknowledgementLimit;
        this.scheduler = scheduler;
        this.sequence = sequence;
        this.random = random;
        this.listener = listener;
    }

    /** Connects, unless it is connecting or connected already. */
    public void connect() {
        if (closed || !plugged || connection != null) {
            return;
        }
        cancelNextAttempt();
        CloudConnection[] self = new CloudConnection[1];
        CloudConnection opening =
                new CloudConnection(credentials, cause -> sequence.execute(() -> ended(self[0], reason(cause))));
        self[0] = opening;
        connection = opening;
        opening.open(received -> received(opening, received), sequence)
                .whenComplete((done, failure) -> sequence.execute(() -> opened(opening, failure)));
    }

    private void opened(CloudConnection opening, Throwable failure) {
        if (failure != null) {
            ended(opening, reason(failure));
            return;
        }
        if (opening != connection) {
            opening.cut();
            return;
        }
        connected = true;
        listener.connected();
    }

    /** Returns the message of the innermost cause; the outer exceptions are not specific. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void received(CloudConnection from, Received received) {
        if (from != connection) {
            return;
        }
        boolean handled =
                ProtocolJson.read(received.payload()).map(listener::received).orElse(true);
        if (handled && from == connection) {
            received.acknowledge();
        }
    }

    /**
     * Sends the message if there is a connection; otherwise does nothing, as the device repeats important messages
     * after the next connect.
     */
    public void send(DeviceMessage message) {
        if (!connected) {
            return;
        }
        CloudConnection on = connection;
        ScheduledFuture<?> limit = scheduler.schedule(
                () -> sequence.execute(() -> abandon(on)), acknowledgementLimit.toMillis(), TimeUnit.MILLISECONDS);
        on.publish(ProtocolJson.write(message)).whenComplete((done, failure) -> {
            limit.cancel(false);
            if (failure == null) {
                sequence.execute(() -> acknowledged(message));
            }
        });
    }

    private void acknowledged(DeviceMessage message) {
        failures = 0;
        listener.acknowledged(message);
    }

    private void abandon(CloudConnection silent) {
        if (silent == connection) {
            drop("a message was not acknowledged in time", Duration.ZERO);
        }
    }

    /** Breaks the connection without a DISCONNECT and stays offline for this time, or for the usual pause if that is longer. */
    public void loseConnection(Duration outage) {
        drop("the device lost its connection", outage);
    }

    private void drop(String reason, Duration outage) {
        CloudConnection dropped = connection;
        if (dropped == null) {
            return;
        }
        dropped.cut();
        ended(dropped, reason, outage);
    }

    private void ended(CloudConnection which, String reason) {
        ended(which, reason, Duration.ZERO);
    }

    private void ended(CloudConnection which, String reason, Duration outage) {
        if (which != connection) {
            return;
        }
        connection = null;
        connected = false;
        listener.disconnected(reason);
        scheduleNextAttempt(outage);
    }

    private void scheduleNextAttempt(Duration outage) {
        if (closed || !plugged) {
            return;
        }
        Duration pause = backoff.delay(failures++, random);
        Duration delay = pause.compareTo(outage) > 0 ? pause : outage;
        nextAttempt =
                scheduler.schedule(() -> sequence.execute(this::connect), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelNextAttempt() {
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
    }

    /** Unplugs the network. */
    public void unplug() {
        plugged = false;
        cancelNextAttempt();
        drop("the network is unplugged", Duration.ZERO);
    }

    /** Plugs the network in, and connects at once. */
    public void plug() {
        plugged = true;
        failures = 0;
        connect();
    }

    /** Breaks the connection without a DISCONNECT, and does not reconnect. */
    public void cut() {
        closed = true;
        cancelNextAttempt();
        drop("the power is off", Duration.ZERO);
    }

    /** Sends DISCONNECT, and does not reconnect. */
    public CompletionStage<?> close() {
        closed = true;
        cancelNextAttempt();
        if (!connected) {
            drop("closed", Duration.ZERO);
            return CompletableFuture.completedStage(null);
        }
        CloudConnection closing = connection;
        connection = null;
        connected = false;
        return closing.close().handle((done, failure) -> null);
    }
}
