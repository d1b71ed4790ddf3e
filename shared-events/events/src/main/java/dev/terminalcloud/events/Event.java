package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A record on a Kafka topic: a command to a device, or a fact.
 *
 * <p>One topic carries one family, and one family has one kind of {@link #key() key}. The wire name of a record, which
 * includes its version, is its {@link com.fasterxml.jackson.annotation.JsonTypeName}. A new optional member does not need a
 * new version; any other change is a new record beside the old one. A type that this build does not know is read as the
 * {@code Unknown} of its family, which readers count and skip.
 */
public sealed interface Event
        permits DeviceCommand,
                DeviceEvent,
                ConnectorEvent,
                PairingEvent,
                PairingConfirmation,
                DeviceRegistryEvent,
                DeviceLifecycleEvent,
                TransactionEvent {

    /** Returns the key of the Kafka record: events with the same key keep their order. */
    @JsonIgnore
    String key();
}
