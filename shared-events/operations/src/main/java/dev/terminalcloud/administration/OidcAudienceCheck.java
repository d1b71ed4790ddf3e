package dev.terminalcloud.administration;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops the startup of a service that would accept tokens which the identity provider issued for other services: the owner of any of
 * them could use the token of its users here (RFC 8725, section 3.9).
 */
@ApplicationScoped
class OidcAudienceCheck {
    private static final String AUDIENCE = "quarkus.oidc.token.audience";

    /** The value that makes Quarkus skip the check. */
    private static final String ANY = "any";

    private final boolean isEnabled;
    private final List<String> audiences;

    OidcAudienceCheck(
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean isEnabled,
            @ConfigProperty(name = AUDIENCE) Optional<List<String>> audiences) {
        this.isEnabled = isEnabled;
        this.audiences = audiences.orElse(List.of());
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        validate();
    }

    /** @throws IllegalArgumentException naming the key, if there is an identity provider and no audience */
    void validate() {
        if (isEnabled && (audiences.isEmpty() || audiences.contains(ANY))) {
            throw new IllegalArgumentException(
                    "%s must name this service as the identity provider does in its tokens, was %s"
                            .formatted(AUDIENCE, audiences.isEmpty() ? "not set" : ANY));
        }
    }
}
