package dev.terminalcloud.pairing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configuration of this service. */
@ConfigMapping(prefix = "pairing")
public interface PairingConfiguration {

    Code code();

    interface Code {
        /** Time that a code can be claimed. Longer gives people more time, and an attacker more live codes to guess. */
        @WithDefault("PT2M")
        Duration validity();

        /**
         * Time that an expired code is kept. A request for a code that is redelivered within this time, as after a crash,
         * issues no second code. If it is less than a day, a successful pairing raises the limit for wrong codes only for
         * this long.
         */
        @WithDefault("P1D")
        Duration retention();
    }

    Callback callback();

    interface Callback {
        /**
         * True if notifications may go to private, loopback and other special-purpose addresses. It must be as {@code
         * transaction.callback.allow-private-addresses}: transaction-service sends them, and checks the address again.
         */
        @WithDefault("false")
        boolean allowPrivateAddresses();
    }

    History history();

    interface History {
        /** Time that an ended pairing is kept for operators, with the address of its client. */
        @WithDefault("P180D")
        Duration retention();
    }

    /**
     * Time for which the contact details and names of a register are kept after its last pairing has ended; at most {@code
     * pairing.history.retention}. Zero erases them within an hour.
     */
    @WithDefault("P30D")
    Duration contactRetention();

    /**
     * How long a request that has paired or unpaired waits for transaction-service to confirm that starts go by it, before
     * the response is 503. Shorter makes registers retry when Kafka is slow; longer makes people wait.
     */
    @WithDefault("PT5S")
    Duration confirmationTimeout();

    /**
     * The reverse proxies in front of this service: IP addresses or CIDR networks ({@code 10.4.0.0/24}), separated by
     * commas. {@code X-Forwarded-For} is trusted only as far as these wrote it. If the proxy in use is missing, all clients
     * count as one; if the networks contain more than the proxies, clients in them can forge their address.
     */
    Optional<List<String>> trustedProxies();

    /**
     * True if each device must have an owner: without one it is not registered, and its owner is not removed. Devices that
     * have none already stay as they are.
     */
    @WithDefault("false")
    boolean requireOwner();

    WrongCodes wrongCodes();

    interface WrongCodes {
        /** Maximum number of wrong codes in a row from one register at one address. */
        @WithDefault("5")
        int maxPerRegister();

        /** Time after which a register that has used them up may try one more. */
        @WithDefault("PT1M")
        Duration registerRefillInterval();

        /**
         * Maximum number of wrong codes from one address within {@link #addressWindow()}, plus one for each successful
         * pairing from it in the last 24 hours. More lets one address guess more.
         */
        @WithDefault("30")
        int maxPerAddress();

        /** Sliding window in which the wrong codes of an address are counted. */
        @WithDefault("PT1H")
        Duration addressWindow();

        /**
         * The same for an IPv6 /56, as providers assign it to a customer, plus its successful pairings. More than
         * {@link #maxPerAddress()}, as several customers may share one.
         */
        @WithDefault("60")
        int maxPerSmallIpv6Site();

        /** The same for an IPv6 /48. */
        @WithDefault("120")
        int maxPerIpv6Site();

        /**
         * Number of wrong codes a minute, from all clients at all replicas, above which an alert is raised and only known
         * addresses are let through.
         */
        @WithDefault("60")
        int alertThresholdPerMinute();

        /**
         * Maximum number of wrong codes a day from all addresses that are not known, each counted as often as codes were live
         * at that time; above it only known addresses are let through. Divided by the 100,000,000 codes it is the chance that
         * such an address hits a live code that day.
         */
        @WithDefault("10000")
        long maxGuessWeightPerDay();

        /** Time for which an address is known after a successful pairing from it. */
        @WithDefault("P30D")
        Duration knownAddressLifetime();
    }
}
