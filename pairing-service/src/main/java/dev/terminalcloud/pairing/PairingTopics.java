package dev.terminalcloud.pairing;

import dev.terminalcloud.events.Topic;
import dev.terminalcloud.startup.UsedTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Kafka topics that this service reads and writes. */
class PairingTopics {
    @Produces
    @Singleton
    UsedTopics usedTopics() {
        return new UsedTopics(
                Set.of(
                        Topic.DEVICE_EVENTS,
                        Topic.CONNECTOR_EVENTS,
                        Topic.PAIRING_EVENTS,
                        Topic.PAIRING_CONFIRMATIONS,
                        Topic.DEVICE_REGISTRY,
                        Topic.DEVICE_LIFECYCLE,
                        Topic.DEVICE_COMMANDS),
                Set.of(Topic.DEVICE_EVENTS, Topic.PAIRING_CONFIRMATIONS));
    }
}
