package dev.terminalcloud.administration;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the startup of a service with a password of a built-in operator that breaks {@link OperatorPasswordRules}. */
@ApplicationScoped
class OperatorPasswordCheck {
    private static final String OPERATOR = "administration.password";
    private static final String VIEWER = "administration.viewer-password";

    private final Optional<String> operator;
    private final Optional<String> viewer;

    OperatorPasswordCheck(
            @ConfigProperty(name = OPERATOR) Optional<String> operator,
            @ConfigProperty(name = VIEWER) Optional<String> viewer) {
        this.operator = operator;
        this.viewer = viewer;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        operator.ifPresent(password -> OperatorPasswordRules.validate(OPERATOR, password));
        viewer.ifPresent(password -> OperatorPasswordRules.validate(VIEWER, password));
    }
}
