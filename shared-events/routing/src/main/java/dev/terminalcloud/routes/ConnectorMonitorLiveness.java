package dev.terminalcloud.routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness check: live while the connectors' heartbeats are read, or not yet. An outage does not end the monitor. */
@Liveness
@ApplicationScoped
class ConnectorMonitorLiveness implements HealthCheck {
    private final ConnectorMonitor monitor;

    ConnectorMonitorLiveness(ConnectorMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("connector monitor")
                .status(!monitor.hasFailed())
                .build();
    }
}
