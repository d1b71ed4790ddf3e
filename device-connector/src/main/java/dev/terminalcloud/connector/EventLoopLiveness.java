package dev.terminalcloud.connector;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.mqtt.EventLoops;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while no event loop that devices are served on is blocked: a process that serves no device must be restarted. A loop
 * counts as blocked when a task that one check gave it still waits there at a later check.
 */
@Liveness
@ApplicationScoped
class EventLoopLiveness implements HealthCheck {
    private final EventLoops eventLoops;
    private final ConnectorConfiguration configuration;

    EventLoopLiveness(EventLoops eventLoops, ConnectorConfiguration configuration) {
        this.eventLoops = eventLoops;
        this.configuration = configuration;
    }

    @Override
    public HealthCheckResponse call() {
        long blocked = eventLoops.countBlocked(configuration.eventLoopTimeout(), System.nanoTime());
        return HealthCheckResponse.named("event loops")
                .status(blocked == 0)
                .withData("blocked", blocked)
                .build();
    }
}
