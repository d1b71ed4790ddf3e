package dev.terminalcloud.pairing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
         * after a crash, issues no second code. If it is less than a day, a successful pairing raises the limit of wrong
         * codes for no longer than this.
         */
        @WithDefault("P1D")
        Duration retention();
    }

    /**
     * The reverse proxies in front of this service: addresses or networks ({@code 10.4.0.0/24}), separated by commas. Only
     * what they write into {@code X-Forwarded-For} is believed. Without the proxy that is there, all clients count as one;
     * with more than the proxies, whoever sits in that network may choose its address.
     */
    Optional<List<String>> trustedProxies();

    WrongCodes wrongCodes();

    interface WrongCodes {
        /** How many wrong codes one register may send from one address in a row. */
        @WithDefault("5")
        int maxPerRegister();

        /** After how long a register that has used them up may try one more. */
        @WithDefault("PT1M")
        Duration registerRefillInterval();

        /**
         * How many wrong codes may come from one address in {@link #addressWindow()}, beside as many as it had successful
         * pairings in the last 24 hours. More lets one address guess more.
         */
        @WithDefault("30")
        int maxPerAddress();

        /** The time in which the wrong codes of an address are counted. */
        @WithDefault("PT1H")
        Duration addressWindow();

        /** How many wrong codes a minute, from everybody and at all replicas together, are no reason for an alert. */
        @WithDefault("60")
        int alertThresholdPerMinute();
    }
}
