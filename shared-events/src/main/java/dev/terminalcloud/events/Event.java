package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What travels on Kafka: a command to a device, or a fact.
 *
 * <p>One topic carries one family, and one family has one kind of {@link #key() key}. A record's name on the wire, which
 * includes its version, is its {@link com.fasterxml.jackson.annotation.JsonTypeName}; a new optional member is no new
 * version, anything else is a new record beside the old one. A type that this build does not know is read as its
 * family's {@code Unknown}, which is counted and otherwise ignored.
 */
public sealed interface Event
        permits DeviceCommand,
                DeviceEvent,
                ConnectorEvent,
                PairingEvent,
                DeviceRegistryEvent,
                DeviceLifecycleEvent,
                TransactionEvent {

    /** The key of the Kafka record: events of the same key keep their order. */
    @JsonIgnore
    String key();
}
