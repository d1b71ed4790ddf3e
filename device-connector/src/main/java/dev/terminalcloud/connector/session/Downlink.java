package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.DeviceBudget;
import dev.terminalcloud.connector.config.Limits;
import dev.terminalcloud.connector.protocol.CommandType;
import dev.terminalcloud.events.DeviceCommand.DeviceTransactionCommand;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.tracing.TraceSpan;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Cloud → device for one session: commands in the order in which they came, a limited number of them unacknowledged. On
 * the session's event loop.
 */
final class Downlink {
    private static final Logger LOG = Logger.getLogger(Downlink.class);

    private final DeviceSession session;
    private final SessionMetrics metrics;
    private final long ackTimeoutNanos;
    private final DeviceCapacity capacity;
    private final int maxPayloadSize;
    private final String topic;
    private final DeliveryWindow window;
    private final DeviceBudget budget;
    private final SessionTraces traces;

    Downlink(DeviceSession session, SessionMetrics metrics, Limits limits, DeviceBudget budget, SessionTraces traces) {
        this.budget = budget;
        this.traces = traces;
        this.capacity = DeviceCapacity.of(session.endpoint());
        this.session = session;
        this.metrics = metrics;
        this.ackTimeoutNanos = limits.commandAckTimeout().toNanos();
        this.topic = DeviceTopics.commands(session.identity().deviceId());
        this.maxPayloadSize = limits.maxCommandPayloadSize();
        this.window = new DeliveryWindow(
                Math.min(limits.maxUnacknowledgedCommands(), capacity.receiveMaximum()), limits.maxQueuedCommands());
    }

    void deliver(SessionCommand command, String traceparent) {
        TraceSpan step = traces.deliver(command, traceparent);
        TransactionLog log = TransactionLog.of(command, step);
        session.run(log, () -> deliver(command, log));
    }

    private void deliver(SessionCommand command, TransactionLog log) {
        Buffer payload = Buffer.buffer(CommandType.payload(command));
        if (payload.length() > maxPayloadSize || !capacity.acceptsPublish(topic, payload.length())) {
            drop(command, payload.length(), log);
            return;
        }
        if (!window.add(payload, log)) {
            log.write(() -> session.end(CloseReason.COMMAND_QUEUE_FULL));
            return;
        }
        session.transaction().sent(command);
        if (command instanceof DeviceTransactionCommand named) {
            budget.recordNamed(named.transactionId());
        }
        metrics.sent(CommandType.of(command));
        send();
    }

    private void drop(SessionCommand command, int bytes, TransactionLog log) {
        metrics.dropped(CommandDropReason.TOO_LARGE);
        log.write(() -> LOG.warnf(
                "Command too large, dropped: bytes=%d deviceId=%s transactionId=%s detail=%s",
                bytes, session.identity().deviceId(), log.transactionId(), CommandType.of(command)));
        log.step().fail(CommandDropReason.TOO_LARGE.name());
    }

    void acknowledged(int packetId) {
        window.acknowledge(packetId).ifPresent(sent -> metrics.commandAcknowledged(System.nanoTime() - sent));
        send();
    }

    /** Returns whether the device has acknowledged all its commands. */
    boolean isIdle() {
        return window.isEmpty();
    }

    /** Returns the log of a command that the device has not acknowledged in time; otherwise empty. */
    Optional<TransactionLog> overdue(long nowNanos) {
        return window.overdue(nowNanos, ackTimeoutNanos);
    }

    /** Ends the steps of commands that the device has not acknowledged. */
    void sessionEnded(CloseReason reason) {
        window.failAll(reason.name());
    }

    /** Sends what may be sent, each command under its own log. */
    private void send() {
        for (Optional<DeliveryWindow.Delivery> next = take(); next.isPresent(); next = take()) {
            DeliveryWindow.Delivery delivery = next.get();
            session.run(delivery.log(), () -> publish(delivery));
        }
    }

    private void publish(DeliveryWindow.Delivery delivery) {
        session.endpoint().publish(topic, delivery.payload(), MqttQoS.AT_LEAST_ONCE, false, false, delivery.packetId());
    }

    private Optional<DeliveryWindow.Delivery> take() {
        return window.takeNext(System.nanoTime());
    }
}
