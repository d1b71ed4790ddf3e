package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.DeviceBudgets;
import dev.terminalcloud.connector.config.Limits;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.tracing.TraceSpan;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttEndpoint;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One accepted connection of one device, from CONNECT to its end, which happens once and has one reason.
 *
 * <p>It belongs to its connection's event loop: callers must be there, except for methods that say otherwise. When a session
 * that said {@code hello} has ended, {@code device.disconnected} is published, with retries until Kafka has it.
 */
public final class DeviceSession {
    private static final Logger LOG = Logger.getLogger(DeviceSession.class);

    private final SessionIdentity identity;
    private final MqttEndpoint endpoint;
    private final Context context;
    private final EventPublisher publisher;
    private final SessionMetrics metrics;
    private final SessionBudget budget;
    private final Consumer<DeviceSession> onEnd;
    private final OpenTransaction transaction = new OpenTransaction();
    private final Uplink uplink;
    private final Downlink downlink;
    private final SessionDeadlines deadlines;
    private final Promise<Void> endPromise = Promise.promise();
    private final long openedNanos = System.nanoTime();
    private boolean subscribed;
    private boolean ended;

    DeviceSession(
            SessionIdentity identity,
            MqttEndpoint endpoint,
            Context context,
            EventPublisher publisher,
            SessionMetrics metrics,
            Limits limits,
            DeviceBudgets budgets,
            SessionTraces traces,
            Consumer<DeviceSession> onEnd) {
        this.identity = identity;
        this.endpoint = endpoint;
        this.context = context;
        this.publisher = publisher;
        this.metrics = metrics;
        this.budget = new SessionBudget(this, budgets);
        this.onEnd = onEnd;
        this.uplink = new Uplink(this, publisher, metrics, limits, budget.ofDevice(), traces);
        this.downlink = new Downlink(this, metrics, limits, budget.ofDevice(), traces);
        this.deadlines = new SessionDeadlines(uplink, downlink, limits, openedNanos);
    }

    public SessionIdentity identity() {
        return identity;
    }

    /** Returns what its device may use up. */
    public SessionBudget budget() {
        return budget;
    }

    long openedNanos() {
        return openedNanos;
    }

    boolean hasEnded() {
        return ended;
    }

    OpenTransaction transaction() {
        return transaction;
    }

    MqttEndpoint endpoint() {
        return endpoint;
    }

    /** Runs the handler of a packet of the device; too many packets end the session. */
    public void onPacket(Runnable packet) {
        if (deadlines.acceptPacket(System.nanoTime())) {
            run(TransactionLog.NONE, packet);
        } else {
            end(CloseReason.TOO_MANY_PACKETS);
        }
    }

    /** Records that the device has subscribed to its commands. */
    public void subscribed() {
        subscribed = true;
    }

    /** Handles a message of the device; it is acknowledged when Kafka has its event, otherwise the session ends. */
    public void receive(int packetId, byte[] payload) {
        if (subscribed) {
            uplink.receive(packetId, payload);
        } else {
            end(CloseReason.NOT_SUBSCRIBED);
        }
    }

    /** Records that the device has acknowledged a command. */
    public void acknowledged(int packetId) {
        downlink.acknowledged(packetId);
    }

    /**
     * Sends the command after earlier ones, or not at all if the session has ended. May be called from any thread.
     *
     * @param traceparent the step of a trace that it follows from; null without one
     */
    public void deliver(SessionCommand command, String traceparent) {
        onEventLoop(TransactionLog.of(command, TraceSpan.NONE), () -> downlink.deliver(command, traceparent));
    }

    /** Ends the session if something is overdue; returns false once it has ended. The caller must do so every second. */
    public boolean checkDeadlines() {
        if (endpoint.isConnected()) {
            deadlines.check(System.nanoTime()).ifPresent(missed -> missed.log().write(() -> end(missed.reason())));
        } else {
            connectionLost();
        }
        return !ended;
    }

    /** Closes the connection, telling a device that speaks MQTT 5 why. Does nothing if the session has ended. */
    public void end(CloseReason reason) {
        if (finish(reason) && endpoint.isConnected()) {
            endpoint.disconnect(reason.code(), MqttProperties.NO_PROPERTIES);
        }
    }

    /** As {@link #end}, from any thread; completes when the session has ended, and fails if it can't be ended. */
    public Future<Void> endAsync(CloseReason reason) {
        return endIf(() -> true, reason).mapEmpty();
    }

    /**
     * Ends the session if no payment can notice that its device reconnects now: nothing is in flight, and no transaction is open.
     * Completes with whether it has ended, and fails if it can't be ended; may be called from any thread.
     */
    Future<Boolean> endIfUnoccupied(CloseReason reason) {
        return endIf(() -> !ended && uplink.hasReceivedHello() && isIdle() && !transaction.isPresent(), reason);
    }

    private Future<Boolean> endIf(BooleanSupplier condition, CloseReason reason) {
        return Future.future(done -> context.runOnContext(unused -> {
            try {
                boolean holds = condition.getAsBoolean();
                if (holds) {
                    end(reason);
                }
                done.complete(holds);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Failed to end session: deviceId=%s reason=%s", identity.deviceId(), reason);
                done.fail(e);
            }
        }));
    }

    /**
     * Ends the session as soon as it is idle: the device has acknowledged its commands, and its messages are acknowledged. A
     * device that never stops sending has as long as for the acknowledgement of a command. May be called from any thread;
     * completes when the session has ended, for whatever reason, and its end has been handed to the publisher.
     */
    Future<Void> endWhenIdle(CloseReason reason) {
        onEventLoop(TransactionLog.NONE, () -> deadlines.beginDrain(reason, System.nanoTime()));
        return endPromise.future();
    }

    /** Ends the session after the device sent DISCONNECT. */
    public void deviceDisconnected() {
        finish(CloseReason.DEVICE_DISCONNECTED);
    }

    /** Ends the session of a connection that is gone, whichever side closed it. */
    public void connectionLost() {
        boolean timedOut = deadlines.isKeepAliveMissed(endpoint.keepAliveTimeSeconds(), System.nanoTime());
        finish(timedOut ? CloseReason.KEEP_ALIVE_TIMEOUT : CloseReason.CONNECTION_LOST);
    }

    /**
     * Runs work on the event loop, unless the session has ended. An unexpected exception ends the session: Vert.x would only
     * log it and leave the device waiting.
     *
     * @param log names the transaction that the work is about, if it fails
     */
    void run(TransactionLog log, Runnable work) {
        if (ended || !endpoint.isConnected()) {
            return;
        }
        try {
            work.run();
            endIfIdle();
        } catch (RuntimeException e) {
            log.write(() -> {
                LOG.errorf(e, "Session failed: deviceId=%s transactionId=%s", identity.deviceId(), log.transactionId());
                end(CloseReason.INTERNAL_ERROR);
            });
        }
    }

    private void endIfIdle() {
        if (isIdle()) {
            deadlines.drainReason().ifPresent(this::end);
        }
    }

    private boolean isIdle() {
        return uplink.isIdle() && downlink.isIdle();
    }

    /** As {@link #run}, from any thread. */
    void onEventLoop(TransactionLog log, Runnable work) {
        context.runOnContext(unused -> run(log, work));
    }

    private boolean finish(CloseReason reason) {
        if (ended) {
            return false;
        }
        ended = true;
        onEnd.accept(this);
        downlink.sessionEnded(reason);
        metrics.closed(reason);
        LOG.infof("Device disconnected: deviceId=%s reason=%s", identity.deviceId(), reason);
        if (uplink.hasReceivedHello()) {
            publisher.publishWithRetry(
                    new DeviceDisconnected(identity.deviceId(), identity.sessionId(), reason.name()));
        }
        endPromise.complete();
        return true;
    }
}
