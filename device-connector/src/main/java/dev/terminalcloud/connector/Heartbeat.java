package dev.terminalcloud.connector;

import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.events.ConnectorEvent;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.ConnectorEvent.ConnectorStarted;
import dev.terminalcloud.events.Topic;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Liveness records in {@code connector-events}: one at startup, then one every 5 seconds. */
@Singleton
class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final long INTERVAL_MILLIS = 5_000;

    private final Vertx vertx;
    private final EventPublisher publisher;
    private volatile long timer = -1;

    Heartbeat(Vertx vertx, EventPublisher publisher) {
        this.vertx = vertx;
        this.publisher = publisher;
    }

    void start(StartMark mark) {
        publish(new ConnectorStarted(mark.connectorIndex(), mark.epoch()));
        timer = vertx.setPeriodic(
                INTERVAL_MILLIS, unused -> publish(new ConnectorHeartbeat(mark.connectorIndex(), mark.epoch())));
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void publish(ConnectorEvent event) {
        publisher.publish(Topic.CONNECTOR_EVENTS, event).whenComplete((stored, failure) -> {
            if (failure != null) {
                LOG.warnf("Failed to publish heartbeat: reason=%s", failure.toString());
            }
        });
    }
}
