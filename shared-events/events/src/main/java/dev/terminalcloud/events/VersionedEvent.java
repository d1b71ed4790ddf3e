package dev.terminalcloud.events;

/**
 * The newest state of one aggregate, for a compacted topic.
 *
 * <p>A reader drops an event whose version is not greater than the newest version that it has seen for the same key.
 */
public sealed interface VersionedEvent
        permits PairingEvent.RegisterState, DeviceRegistryEvent.DeviceState, DeviceRegistryEvent.RegistryPublished {

    /** Grows by one with each change of the aggregate, from 1. */
    long version();
}
