package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.guard.UnacceptedEnd;
import dev.terminalcloud.connector.metrics.EnumCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Tells of connections that ended before CONNECT was answered. Anybody can make many of them, so they are counted, and
 * logged only for who looks for them.
 */
@Singleton
class UnacceptedConnections {
    private static final Logger LOG = Logger.getLogger(UnacceptedConnections.class);

    private final EnumCounter<UnacceptedEnd> ends;

    UnacceptedConnections(MeterRegistry meters) {
        this.ends = new EnumCounter<>(meters, "connector.connections.unaccepted", "reason", UnacceptedEnd.class);
    }

    void ended(UnacceptedEnd reason, String detail) {
        ends.increment(reason);
        LOG.debugf("a connection ended before CONNECT reason=%s detail=%s", reason, detail);
    }
}
