package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.metrics.EnumCounter;
import dev.terminalcloud.connector.pipeline.PreConnectCloseReason;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Counts connections that ended before their CONNECT was authenticated. Any client can open many of them, so they are logged at level
 * DEBUG, and floods of them in {@link PreConnectCloseAlert}.
 */
@Singleton
class PreConnectCloseMetrics {
    private static final Logger LOG = Logger.getLogger(PreConnectCloseMetrics.class);

    private final EnumCounter<PreConnectCloseReason> closeReasons;

    private final PreConnectCloseAlert alert;

    PreConnectCloseMetrics(MeterRegistry meters, PreConnectCloseAlert alert) {
        this.alert = alert;
        this.closeReasons =
                new EnumCounter<>(meters, "connector.connections.aborted", "reason", PreConnectCloseReason.class);
    }

    void recordClose(PreConnectCloseReason reason, String detail) {
        closeReasons.increment(reason);
        if (reason.isFlood() && alert.closed(reason, detail, System.nanoTime())) {
            return;
        }
        LOG.debugf("Connection closed before authentication: detail=%s reason=%s", detail, reason);
    }
}
