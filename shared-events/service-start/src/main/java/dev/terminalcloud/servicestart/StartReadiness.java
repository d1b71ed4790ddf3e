package dev.terminalcloud.servicestart;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check: not ready until the service has started; its data name what the service waits for. */
@Readiness
@ApplicationScoped
class StartReadiness implements HealthCheck {
    private final ServiceStart start;

    StartReadiness(ServiceStart start) {
        this.start = start;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("startup").status(start.isComplete());
        start.waitingFor().ifPresent(waitingFor -> response.withData("waitingFor", waitingFor));
        return response.build();
    }
}
