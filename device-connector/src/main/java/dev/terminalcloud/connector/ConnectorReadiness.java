package dev.terminalcloud.connector;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when devices are accepted: the registry is loaded, the connector has read its own start mark, the servers listen. */
@Readiness
@ApplicationScoped
class ConnectorReadiness implements HealthCheck {
    private final Connector connector;

    ConnectorReadiness(Connector connector) {
        this.connector = connector;
    }

    @Override
    public HealthCheckResponse call() {
        Stage stage = connector.stage();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("connector")
                .status(stage == Stage.READY)
                .withData("stage", stage.name());
        connector.waitingFor().ifPresent(waitingFor -> response.withData("waitingFor", waitingFor));
        return response.build();
    }
}
