package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Heartbeats of the connectors, topic {@link Topic#CONNECTOR_EVENTS}, key: the connector's index.
 *
 * <p>Every replica of both services and every connector reads them, without a consumer group. The epoch is the offset of the connector's own
 * {@link DeviceCommand.ConnectorStarted}, with the first epoch of {@link DeviceRegistryEvent.RegistryPublished} added: a greater epoch means that the connector has restarted and that the sessions
 * of the previous epoch have ended.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = ConnectorEvent.Unknown.class)
public sealed interface ConnectorEvent extends Event {

    /** A liveness record of one start of one connector. */
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

    /**
     * Sent every 5 seconds.
     *
     * @param connections the devices that are connected; null if the connector accepts no more of them
     */
    @JsonTypeName("connector.heartbeat.v1")
    record ConnectorHeartbeat(int connectorIndex, long epoch, Integer connections) implements LivenessEvent {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements ConnectorEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
