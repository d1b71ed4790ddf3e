package dev.terminalcloud.transaction;

import dev.terminalcloud.events.Topic;
import dev.terminalcloud.startup.UsedTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** What this service reads from Kafka and writes to it. */
class TransactionTopics {
    @Produces
    @Singleton
    UsedTopics usedTopics() {
        return new UsedTopics(
                Set.of(
                        Topic.DEVICE_EVENTS,
                        Topic.CONNECTOR_EVENTS,
                        Topic.PAIRING_EVENTS,
                        Topic.DEVICE_REGISTRY,
                        Topic.TRANSACTION_EVENTS,
                        Topic.DEVICE_COMMANDS),
                Set.of(Topic.DEVICE_EVENTS, Topic.PAIRING_EVENTS, Topic.DEVICE_REGISTRY));
    }
}
