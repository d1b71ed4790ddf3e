package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Signs of life of the connectors, topic {@link Topic#CONNECTOR_EVENTS}, key: the connector's index.
 *
 * <p>Read by every replica of both services, without a consumer group. The epoch is the offset of the connector's own
 * {@link DeviceCommand.ConnectorStarted}: a greater one means that the connector has started anew and that the sessions
 * of the former epoch are gone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = ConnectorEvent.Unknown.class)
public sealed interface ConnectorEvent extends Event {

    /** A sign of life of one start of one connector. */
    sealed interface LivenessEvent extends ConnectorEvent {
        int connectorIndex();

        long epoch();

        @Override
        default String key() {
            return Integer.toString(connectorIndex());
        }
    }

    @JsonTypeName("connector.started.v1")
    record ConnectorStarted(int connectorIndex, long epoch) implements LivenessEvent {}

    /** Sent every 5 seconds. */
    @JsonTypeName("connector.heartbeat.v1")
    record ConnectorHeartbeat(int connectorIndex, long epoch) implements LivenessEvent {}

    /** An event that a newer build sent; readers count and ignore it. */
    record Unknown(String type) implements ConnectorEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("an unknown event is never sent: " + type);
        }
    }
}
