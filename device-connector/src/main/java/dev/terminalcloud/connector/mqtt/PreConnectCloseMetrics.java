package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.metrics.EnumCounter;
import dev.terminalcloud.connector.pipeline.PreConnectCloseReason;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Tells of connections that ended before CONNECT was answered. Anybody can make many of them, so they are counted, and
 * logged only for who looks for them.
 */
@Singleton
class PreConnectCloseMetrics {
    private static final Logger LOG = Logger.getLogger(PreConnectCloseMetrics.class);

    private final EnumCounter<PreConnectCloseReason> closeReasons;

    PreConnectCloseMetrics(MeterRegistry meters) {
        this.closeReasons =
                new EnumCounter<>(meters, "connector.connections.aborted", "reason", PreConnectCloseReason.class);
    }

    void recordClose(PreConnectCloseReason reason, String detail) {
        closeReasons.increment(reason);
        LOG.debugf("a connection ended before CONNECT reason=%s detail=%s", reason, detail);
    }
}
