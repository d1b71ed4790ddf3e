package dev.terminalcloud.connector;

import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.kafka.ProcessExit;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.events.ConnectorEvent;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.ConnectorEvent.ConnectorStarted;
import dev.terminalcloud.events.Topic;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Liveness records in {@code connector-events}: one at startup, then one every 5 seconds, with the number of devices as long as more are
 * accepted.
 *
 * <p>Each has a greater offset than the one before. If not, Kafka has lost its data, and with them the start mark and commands: the process
 * exits, and the next start tells the services so.
 */
@Singleton
class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final long INTERVAL_MILLIS = 5_000;

    private final Vertx vertx;
    private final EventPublisher publisher;
    private final Sessions sessions;
    private final ProcessExit exit;
    private final AtomicLong newestOffset = new AtomicLong(-1);
    private volatile long timer = -1;
    private volatile boolean draining;

    Heartbeat(Vertx vertx, EventPublisher publisher, Sessions sessions, ProcessExit exit) {
        this.vertx = vertx;
        this.publisher = publisher;
        this.sessions = sessions;
        this.exit = exit;
    }

    void start(StartMark mark) {
        publish(new ConnectorStarted(mark.connectorIndex(), mark.epoch()));
        timer = vertx.setPeriodic(INTERVAL_MILLIS, unused -> publish(heartbeat(mark)));
    }

    /** Leaves the number of devices out from now on: this connector is about to accept no more. */
    void drain() {
        draining = true;
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private ConnectorHeartbeat heartbeat(StartMark mark) {
        return new ConnectorHeartbeat(mark.connectorIndex(), mark.epoch(), draining ? null : sessions.count());
    }

    private void publish(ConnectorEvent event) {
        publisher.publish(Topic.CONNECTOR_EVENTS, event).whenComplete((stored, failure) -> {
            if (failure != null) {
                LOG.warnf("Failed to publish heartbeat: reason=%s", failure.toString());
            } else if (stored.hasOffset()
                    && newestOffset.getAndAccumulate(stored.offset(), Math::max) >= stored.offset()) {
                exit.terminate("Kafka has lost its data");
            }
        });
    }
}
