package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.Budget;
import dev.terminalcloud.connector.budget.DeviceBudget;
import dev.terminalcloud.connector.config.Limits;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.protocol.MessageReader;
import dev.terminalcloud.connector.protocol.MessageType;
import dev.terminalcloud.connector.protocol.ParsedMessage;
import dev.terminalcloud.connector.protocol.TextMember;
import dev.terminalcloud.connector.session.PendingAcknowledgements.Pending;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.tracing.EventIds;
import dev.terminalcloud.tracing.TraceSpan;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Device → cloud for one session: a message is acknowledged when Kafka has its event, and in the order in which it came.
 * On the session's event loop.
 */
final class Uplink {
    private static final Logger LOG = Logger.getLogger(Uplink.class);

    private final DeviceSession session;
    private final EventPublisher publisher;
    private final SessionMetrics metrics;
    private final long publishTimeoutNanos;
    private final PendingAcknowledgements pending;
    private final MinuteLimit unreadableMessages;
    private final DeviceBudget budget;
    private final SessionTraces traces;
    private boolean helloReceived;

    Uplink(
            DeviceSession session,
            EventPublisher publisher,
            SessionMetrics metrics,
            Limits limits,
            DeviceBudget budget,
            SessionTraces traces) {
        this.budget = budget;
        this.traces = traces;
        this.session = session;
        this.publisher = publisher;
        this.metrics = metrics;
        this.publishTimeoutNanos = limits.eventPublishTimeout().toNanos();
        this.pending = new PendingAcknowledgements(limits.maxUnacknowledgedEvents());
        this.unreadableMessages = new MinuteLimit(limits.maxUnreadableMessagesPerMinute());
    }

    /** Returns whether {@code hello} was handed to Kafka: then the cloud may know the session and must learn of its end. */
    boolean hasReceivedHello() {
        return helloReceived;
    }

    void receive(int packetId, byte[] payload) {
        long now = System.nanoTime();
        Optional<Budget> exceeded = budget.chargeMessage(now);
        if (exceeded.isPresent()) {
            session.budget().exceeded(exceeded.get());
            return;
        }
        Optional<Pending> message = pending.add(packetId, now);
        if (message.isEmpty()) {
            session.end(CloseReason.TOO_MANY_UNACKNOWLEDGED_EVENTS);
            return;
        }
        ParsedMessage reading = MessageReader.read(payload, session.identity());
        session.run(TransactionLog.of(eventOf(reading), TraceSpan.NONE), () -> handle(message.get(), reading, now));
    }

    /** Returns whether all messages of the device are acknowledged. */
    boolean isIdle() {
        return pending.isEmpty();
    }

    /** Returns the log of a message whose event Kafka has not stored in time; otherwise empty. */
    Optional<TransactionLog> overdue(long nowNanos) {
        return pending.overdue(nowNanos, publishTimeoutNanos);
    }

    private void handle(Pending message, ParsedMessage reading, long now) {
        Optional<Budget> exceeded = charge(reading, now);
        if (exceeded.isPresent()) {
            endOverBudget(reading, exceeded.get());
        } else if (reading instanceof ParsedMessage.Malformed malformed) {
            endAsMalformed(malformed.reason());
        } else if (reading instanceof ParsedMessage.Unreadable unreadable) {
            keep(message, unreadable);
        } else if (!helloReceived && !isHello(reading)) {
            session.end(CloseReason.HELLO_TIMEOUT);
        } else if (reading instanceof ParsedMessage.Accepted accepted) {
            accept(message, accepted);
        } else if (reading instanceof ParsedMessage.Rejected rejected) {
            reject(message, rejected);
        } else {
            metrics.unknownMessage();
            complete(message);
        }
    }

    private Optional<Budget> charge(ParsedMessage reading, long now) {
        if (reading instanceof ParsedMessage.Rejected rejected) {
            return budget.chargeTransaction(rejected.event().transactionId(), now);
        }
        if (!(reading instanceof ParsedMessage.Accepted accepted)) {
            return Optional.empty();
        }
        if (accepted.type() == MessageType.PAIRING_CODE_REQUEST) {
            return budget.chargePairingCode(now);
        }
        return accepted.event() instanceof DeviceTransactionEvent event
                ? budget.chargeTransaction(event.transactionId(), now)
                : Optional.empty();
    }

    private void endOverBudget(ParsedMessage reading, Budget exceeded) {
        DeviceEvent event = eventOf(reading);
        TraceSpan step = traces.receive(event);
        TransactionLog.naming(event, step, () -> session.budget().exceeded(exceeded));
        step.fail(exceeded.name());
    }

    /** Returns the event of a message that has one; null for any other. */
    private static DeviceEvent eventOf(ParsedMessage reading) {
        if (reading instanceof ParsedMessage.Rejected rejected) {
            return rejected.event();
        }
        return reading instanceof ParsedMessage.Accepted accepted ? accepted.event() : null;
    }

    /** Publishes what can't be parsed; ends the session of a device that says nothing else, or has not said hello. */
    private void keep(Pending message, ParsedMessage.Unreadable unreadable) {
        DeviceMessageUnreadable event = unreadable.event();
        if (!helloReceived || !unreadableMessages.tryAcquire(System.nanoTime())) {
            endAsMalformed(event.reason());
            return;
        }
        recordMasked(event, TraceSpan.NONE, unreadable.masked());
        metrics.unreadableMessage();
        LOG.warnf("Unreadable message kept: deviceId=%s reason=%s", event.deviceId(), event.reason());
        publish(message, event, TraceSpan.NONE);
    }

    private void endAsMalformed(String reason) {
        LOG.infof("Malformed message: deviceId=%s reason=%s", deviceId(), reason);
        session.end(CloseReason.MALFORMED_MESSAGE);
    }

    private static boolean isHello(ParsedMessage reading) {
        return reading instanceof ParsedMessage.Accepted accepted && accepted.type() == MessageType.HELLO;
    }

    private void accept(Pending message, ParsedMessage.Accepted accepted) {
        helloReceived = true;
        metrics.received(accepted.type());
        DeviceEvent event = accepted.event();
        session.transaction().received(event);
        TraceSpan step = traces.receive(event);
        recordMasked(event, step, accepted.masked());
        if (!accepted.ignored().isEmpty()) {
            metrics.membersIgnored(accepted.ignored().size());
            TransactionLog.naming(
                    event,
                    step,
                    () -> LOG.warnf(
                            "Invalid members ignored: deviceId=%s transactionId=%s reason=%s",
                            deviceId(), EventIds.transactionOf(event), String.join(", ", accepted.ignored())));
        }
        publish(message, event, step);
    }

    private void recordMasked(DeviceEvent event, TraceSpan step, Set<TextMember> masked) {
        if (!masked.isEmpty()) {
            masked.forEach(metrics::cardDataMasked);
            TransactionLog.naming(
                    event,
                    step,
                    () -> LOG.warnf(
                            "Card data received and masked: deviceId=%s transactionId=%s reason=%s",
                            deviceId(), EventIds.transactionOf(event), masked));
        }
    }

    private String deviceId() {
        return session.identity().deviceId();
    }

    private void reject(Pending message, ParsedMessage.Rejected rejected) {
        DeviceMessageRejected event = rejected.event();
        TraceSpan step = traces.receive(event);
        recordMasked(event, step, rejected.masked());
        metrics.rejected(rejected.type());
        TransactionLog.naming(
                event,
                step,
                () -> LOG.warnf(
                        "Invalid message rejected: deviceId=%s transactionId=%s reason=%s",
                        deviceId(), event.transactionId(), event.reason()));
        publish(message, event, step);
    }

    private void publish(Pending message, DeviceEvent event, TraceSpan step) {
        TransactionLog log = TransactionLog.of(event, step);
        message.isAbout(log);
        publisher.publish(Topic.DEVICE_EVENTS, event, step.traceparent()).whenComplete((stored, failure) -> {
            step.end(failure);
            session.onEventLoop(log, () -> {
                if (failure == null) {
                    complete(message);
                } else {
                    log.write(() -> endUnpublished(event, failure));
                }
            });
        });
    }

    private void endUnpublished(DeviceEvent event, Throwable failure) {
        LOG.warnf(
                "Failed to publish event: deviceId=%s transactionId=%s reason=%s",
                deviceId(), EventIds.transactionOf(event), failure.toString());
        session.end(CloseReason.EVENT_PUBLISH_TIMEOUT);
    }

    /** Acknowledges the message and those that have waited for it, each under its own log. */
    private void complete(Pending message) {
        pending.complete(message);
        for (Optional<Pending> next = pending.takeNext(); next.isPresent(); next = pending.takeNext()) {
            Pending completed = next.get();
            session.run(completed.log(), () -> acknowledge(completed));
        }
    }

    private void acknowledge(Pending message) {
        session.endpoint().publishAcknowledge(message.packetId());
        metrics.eventAcknowledged(System.nanoTime() - message.receivedNanos());
    }
}
