package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.protocol.MessageReader;
import dev.terminalcloud.connector.protocol.MessageType;
import dev.terminalcloud.connector.protocol.ParsedMessage;
import dev.terminalcloud.connector.session.PendingAcknowledgements.Pending;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.Topic;
import java.util.Optional;
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
    private boolean helloReceived;

    Uplink(DeviceSession session, EventPublisher publisher, SessionMetrics metrics, Limits limits) {
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
        Optional<Pending> message = pending.add(packetId, System.nanoTime());
        if (message.isEmpty()) {
            session.end(CloseReason.TOO_MANY_UNACKNOWLEDGED_EVENTS);
            return;
        }
        handle(message.get(), MessageReader.read(payload, session.identity()));
    }

    /** Returns whether all messages of the device are acknowledged. */
    boolean isIdle() {
        return pending.isEmpty();
    }

    boolean isOverdue(long nowNanos) {
        return pending.isOverdue(nowNanos, publishTimeoutNanos);
    }

    private void handle(Pending message, ParsedMessage reading) {
        if (reading instanceof ParsedMessage.Malformed malformed) {
            endAsMalformed(malformed.reason());
        } else if (reading instanceof ParsedMessage.Unreadable unreadable) {
            keep(message, unreadable.event());
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

    /** Publishes what can't be parsed; ends the session of a device that says nothing else, or has not said hello. */
    private void keep(Pending message, DeviceMessageUnreadable event) {
        if (!helloReceived || !unreadableMessages.tryAcquire(System.nanoTime())) {
            endAsMalformed(event.reason());
            return;
        }
        metrics.unreadableMessage();
        LOG.warnf("Unreadable message kept: deviceId=%s reason=%s", event.deviceId(), event.reason());
        publish(message, event);
    }

    private void endAsMalformed(String reason) {
        LOG.infof("Malformed message: deviceId=%s reason=%s", session.identity().deviceId(), reason);
        session.end(CloseReason.MALFORMED_MESSAGE);
    }

    private static boolean isHello(ParsedMessage reading) {
        return reading instanceof ParsedMessage.Accepted accepted && accepted.type() == MessageType.HELLO;
    }

    private void accept(Pending message, ParsedMessage.Accepted accepted) {
        helloReceived = true;
        metrics.received(accepted.type());
        if (accepted.cardPanMasked()) {
            metrics.cardPanMasked();
            LOG.warnf(
                    "Unmasked card number received: deviceId=%s",
                    session.identity().deviceId());
        }
        if (!accepted.ignored().isEmpty()) {
            metrics.membersIgnored(accepted.ignored().size());
            LOG.warnf(
                    "Invalid members ignored: deviceId=%s reason=%s",
                    session.identity().deviceId(), String.join(", ", accepted.ignored()));
        }
        publish(message, accepted.event());
    }

    private void reject(Pending message, ParsedMessage.Rejected rejected) {
        metrics.rejected(rejected.type());
        LOG.warnf(
                "Invalid message rejected: deviceId=%s transactionId=%s reason=%s",
                session.identity().deviceId(),
                rejected.event().transactionId(),
                rejected.event().reason());
        publish(message, rejected.event());
    }

    private void publish(Pending message, DeviceEvent event) {
        publisher
                .publish(Topic.DEVICE_EVENTS, event)
                .whenComplete((stored, failure) -> session.onEventLoop(() -> published(message, failure)));
    }

    private void published(Pending message, Throwable failure) {
        if (failure == null) {
            complete(message);
        } else {
            LOG.warnf(
                    "Failed to publish event: deviceId=%s reason=%s",
                    session.identity().deviceId(), failure.toString());
            session.end(CloseReason.EVENT_PUBLISH_TIMEOUT);
        }
    }

    private void complete(Pending message) {
        pending.complete(message);
        for (Optional<Pending> next = pending.takeNext(); next.isPresent(); next = pending.takeNext()) {
            session.endpoint().publishAcknowledge(next.get().packetId());
            metrics.eventAcknowledged(System.nanoTime() - next.get().receivedNanos());
        }
    }
}
