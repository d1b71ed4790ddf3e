package dev.terminalcloud.pairing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator may change. */
@ConfigMapping(prefix = "pairing")
public interface PairingConfiguration {

    Code code();

    interface Code {
        /** How long a register may claim a code. Longer gives people more time, and those who guess more codes to hit. */
        @WithDefault("PT2M")
        Duration validity();

        /**
         * How long an expired code is kept. A request for a code that is received again within this time, which happens
         * after a crash, issues no second code.
         */
        @WithDefault("P1D")
        Duration retention();
    }
}
