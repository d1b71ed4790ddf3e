package dev.terminalcloud.administration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Configuration of the administration API. A value that is not allowed stops the startup with the name of its key. */
@ConfigMapping(prefix = "administration")
public interface AdministrationConfiguration {

    /** Address that the port binds to. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port of the administration API, which nothing else uses; 0 for any free port. */
    int port();

    /** Password of the user {@code operator}, who may do everything; without it the user can't log in. */
    Optional<String> password();

    /** Password of the user {@code viewer}, who may read; without it the user can't log in. */
    Optional<String> viewerPassword();

    /** Limit for log-ins that fail. */
    FailedLogins failedLogins();

    interface FailedLogins {
        /** Maximum number of failed log-ins from one address within the window; then none is checked until the window is over. */
        @WithDefault("10")
        int maxPerAddress();

        /** Time from the first failed log-in until they are forgotten. */
        @WithDefault("1m")
        Duration window();
    }
}
