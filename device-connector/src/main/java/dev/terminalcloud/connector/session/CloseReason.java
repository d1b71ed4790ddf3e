package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.Budget;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;

/**
 * Reason why an accepted connection ended: in logs, in metrics, as the reason in {@code device.disconnected}, and as a reason
 * code to devices that speak MQTT 5.
 */
public enum CloseReason {
    /** The device sent DISCONNECT. */
    DEVICE_DISCONNECTED(MqttDisconnectReasonCode.NORMAL),
    /** The network connection is gone. */
    CONNECTION_LOST(MqttDisconnectReasonCode.UNSPECIFIED_ERROR),
    /** No packet came for one and a half times the keep-alive. */
    KEEP_ALIVE_TIMEOUT(MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT),
    /** A newer connection of the same device to this connector. */
    TAKEN_OVER(MqttDisconnectReasonCode.SESSION_TAKEN_OVER),
    /** The cloud ended the session: the device has a newer one elsewhere. */
    SUPERSEDED(MqttDisconnectReasonCode.SESSION_TAKEN_OVER),
    /** The device read nothing of what was sent to it. */
    WRITE_TIMEOUT(MqttDisconnectReasonCode.UNSPECIFIED_ERROR),
    /** The device may no longer connect. */
    REVOKED(MqttDisconnectReasonCode.NOT_AUTHORIZED),
    /** The session was opened with a secret that is no longer the device's. */
    SECRET_CHANGED(MqttDisconnectReasonCode.NOT_AUTHORIZED),
    /** A topic that is not the device's own, or a wildcard. */
    TOPIC_REFUSED(MqttDisconnectReasonCode.TOPIC_NAME_INVALID),
    /** Anything but QoS 1. */
    QOS_REFUSED(MqttDisconnectReasonCode.QOS_NOT_SUPPORTED),
    RETAINED_MESSAGE_REFUSED(MqttDisconnectReasonCode.RETAIN_NOT_SUPPORTED),
    /** The device published before it subscribed, or unsubscribed. */
    NOT_SUBSCRIBED(MqttDisconnectReasonCode.PROTOCOL_ERROR),
    /** The first message was not {@code hello}, or did not come in time. */
    HELLO_TIMEOUT(MqttDisconnectReasonCode.PROTOCOL_ERROR),
    /** A message that can't be kept: see device-vendors.md. */
    MALFORMED_MESSAGE(MqttDisconnectReasonCode.PAYLOAD_FORMAT_INVALID),
    /** Bytes that are not MQTT. */
    MALFORMED_PACKET(MqttDisconnectReasonCode.MALFORMED_PACKET),
    PACKET_TOO_LARGE(MqttDisconnectReasonCode.PACKET_TOO_LARGE),
    TOO_MANY_PACKETS(MqttDisconnectReasonCode.MESSAGE_RATE_TOO_HIGH),
    /** The device connected more often than its budget allows. */
    CONNECTION_BUDGET_EXCEEDED(MqttDisconnectReasonCode.QUOTA_EXCEEDED),
    /** The device sent more messages a second than its budget allows. */
    MESSAGE_BUDGET_EXCEEDED(MqttDisconnectReasonCode.MESSAGE_RATE_TOO_HIGH),
    /** The device sent more bytes a second than its budget allows. */
    BYTE_BUDGET_EXCEEDED(MqttDisconnectReasonCode.QUOTA_EXCEEDED),
    /** The device named more transactions that the cloud has not named to it than its budget allows. */
    TRANSACTION_BUDGET_EXCEEDED(MqttDisconnectReasonCode.QUOTA_EXCEEDED),
    /** The device asked for pairing codes too often. */
    PAIRING_CODE_BUDGET_EXCEEDED(MqttDisconnectReasonCode.QUOTA_EXCEEDED),
    /** The device had more unacknowledged events than it may have. */
    TOO_MANY_UNACKNOWLEDGED_EVENTS(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED),
    /** Kafka did not take an event in time, so it was not acknowledged. */
    EVENT_PUBLISH_TIMEOUT(MqttDisconnectReasonCode.SERVER_BUSY),
    /** The device did not acknowledge a command in time. */
    COMMAND_ACK_TIMEOUT(MqttDisconnectReasonCode.UNSPECIFIED_ERROR),
    /** More commands wait for the device than are allowed. */
    COMMAND_QUEUE_FULL(MqttDisconnectReasonCode.QUOTA_EXCEEDED),
    /** This connector is shutting down. */
    CONNECTOR_SHUTDOWN(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN),
    /** Another connector has fewer devices. The device does the same as when this one shuts down, so the code is the same. */
    REBALANCED(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN),
    /** An internal error, which is in the log. */
    INTERNAL_ERROR(MqttDisconnectReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);

    private final MqttDisconnectReasonCode code;

    CloseReason(MqttDisconnectReasonCode code) {
        this.code = code;
    }

    static CloseReason of(Budget exceeded) {
        return switch (exceeded) {
            case CONNECTIONS -> CONNECTION_BUDGET_EXCEEDED;
            case MESSAGES -> MESSAGE_BUDGET_EXCEEDED;
            case BYTES -> BYTE_BUDGET_EXCEEDED;
            case UNKNOWN_TRANSACTIONS -> TRANSACTION_BUDGET_EXCEEDED;
            case PAIRING_CODES -> PAIRING_CODE_BUDGET_EXCEEDED;
        };
    }

    MqttDisconnectReasonCode code() {
        return code;
    }
}
