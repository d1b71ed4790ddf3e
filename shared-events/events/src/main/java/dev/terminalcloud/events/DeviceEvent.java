package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.UUID;

/**
 * Messages from devices and changes of their connections, topic {@link Topic#DEVICE_EVENTS}, key: the device id.
 *
 * <p>Only connectors write them. At least once: a device repeats messages that were not acknowledged, so every reader must
 * tolerate an event that is repeated, late, or from a session that has ended.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = DeviceEvent.Unknown.class)
public sealed interface DeviceEvent extends Event {

    /** An event of one session of one device. */
    sealed interface SessionEvent extends DeviceEvent {
        String deviceId();

        UUID sessionId();

        @Override
        default String key() {
            return deviceId();
        }
    }

    /** A device's message about one transaction. */
    sealed interface DeviceTransactionEvent extends SessionEvent {
        UUID transactionId();
    }

    /**
     * The device said hello on a new session.
     *
     * @param connectorEpoch the epoch of the connector that holds the session; a later epoch of the same index ends the
     *     session
     */
    @JsonTypeName("device.connected.v1")
    record DeviceConnected(
            String deviceId,
            UUID sessionId,
            int connectorIndex,
            long connectorEpoch,
            String model,
            String firmware,
            DeviceStatus status)
            implements SessionEvent {}

    /** The session has ended; other sessions of the same device may be open. */
    @JsonTypeName("device.disconnected.v1")
    record DeviceDisconnected(String deviceId, UUID sessionId, String reason) implements SessionEvent {}

    @JsonTypeName("device.status-changed.v1")
    record DeviceStatusChanged(String deviceId, UUID sessionId, DeviceStatus status) implements SessionEvent {}

    @JsonTypeName("device.pairing-code-requested.v1")
    record PairingCodeRequested(String deviceId, UUID sessionId) implements SessionEvent {}

    @JsonTypeName("device.unpair-requested.v1")
    record UnpairRequested(String deviceId, UUID sessionId, long pairingNumber) implements SessionEvent {}

    @JsonTypeName("device.transaction-claimed.v1")
    record TransactionClaimed(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionEvent {}

    @JsonTypeName("device.transaction-refused.v1")
    record TransactionRefused(String deviceId, UUID sessionId, UUID transactionId, RefusalReason reason)
            implements DeviceTransactionEvent {}

    @JsonTypeName("device.transaction-progressed.v1")
    record TransactionProgressed(String deviceId, UUID sessionId, UUID transactionId, String prompt)
            implements DeviceTransactionEvent {}

    /**
     * The transaction has ended on the device.
     *
     * @param ignoredMembers the optional members of the device's message that broke their rules, which the report does
     *     not have; null without one
     */
    @JsonTypeName("device.transaction-finished.v1")
    record TransactionFinished(
            String deviceId, UUID sessionId, UUID transactionId, DeviceReport report, List<String> ignoredMembers)
            implements DeviceTransactionEvent {
        public TransactionFinished {
            ignoredMembers = ignoredMembers == null || ignoredMembers.isEmpty() ? null : List.copyOf(ignoredMembers);
        }

        public TransactionFinished(String deviceId, UUID sessionId, UUID transactionId, DeviceReport report) {
            this(deviceId, sessionId, transactionId, report, null);
        }
    }

    @JsonTypeName("device.transaction-never-seen.v1")
    record TransactionNeverSeen(String deviceId, UUID sessionId, UUID transactionId)
            implements DeviceTransactionEvent {}

    /** The device can no longer stop the transaction; its result follows. */
    @JsonTypeName("device.cancel-refused.v1")
    record CancelRefused(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionEvent {}

    @JsonTypeName("device.ponged.v1")
    record DevicePonged(String deviceId, UUID sessionId, String nonce) implements SessionEvent {}

    /**
     * A message about a transaction that broke the rules of its type; it was acknowledged, since the device would repeat it
     * forever.
     *
     * @param payload the beginning of the message as text, card data masked; null from older builds
     */
    @JsonTypeName("device.message-rejected.v1")
    record DeviceMessageRejected(
            String deviceId, UUID sessionId, UUID transactionId, String messageType, String reason, String payload)
            implements DeviceTransactionEvent {}

    /**
     * A message that could not be parsed, or that did not name its transaction. It may have been a result; it was
     * acknowledged, since the device would repeat it forever.
     *
     * @param payload the beginning of the message as text, card data masked, {@code \xE9} in the place of a byte that is
     *     not UTF-8
     */
    @JsonTypeName("device.message-unreadable.v1")
    record DeviceMessageUnreadable(String deviceId, UUID sessionId, String reason, String payload)
            implements SessionEvent {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements DeviceEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
