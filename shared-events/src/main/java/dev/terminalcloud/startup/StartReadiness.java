package dev.terminalcloud.startup;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the service has started; says what it waits for. */
@Readiness
@ApplicationScoped
class StartReadiness implements HealthCheck {
    private final ServiceStart start;

    StartReadiness(ServiceStart start) {
        this.start = start;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("start").status(start.isComplete());
        start.waitingFor().ifPresent(waitingFor -> response.withData("waiting for", waitingFor));
        return response.build();
    }
}
