package dev.terminalcloud.pairing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics of pairing: the counter {@code pairing.outcomes} with the label {@code outcome}. Work that is rolled back and
 * retried is counted each time.
 */
@Startup
@ApplicationScoped
public class PairingMetrics {
    /** Value of the label {@code outcome}, there in lower case. */
    public enum PairingOutcome {
        CODE_ISSUED,
        CODE_WRONG,
        /** A code was not checked, since too many were wrong. */
        CODE_RATE_LIMITED,
        CLAIM_REPEATED,
        PAIRED,
        UNPAIRED_BY_DEVICE,
        UNPAIRED_BY_REGISTER,
        UNPAIRED_BY_REPAIRING,
        UNPAIRED_BY_OPERATOR,
        DEVICE_REPLACED,
        /** A register has moved to another device by pairing with it, from the address of its previous pairing. */
        REGISTER_MOVED,
        /** The same, from an address that the previous pairing did not come from. */
        REGISTER_MOVED_FROM_OTHER_ADDRESS,
        /** A register did not move, since the other device belongs to another owner. */
        OTHER_OWNER_REJECTED,
        /** A pairing or its end is committed, and transaction-service did not confirm it in time. */
        CONFIRMATION_TIMED_OUT,
        /** A device asked for a code, or reported its status, on a session that is no longer its current one. */
        STALE_SESSION_REQUEST,
        /** A device or a register asked to end a pairing that is not the newest of its device. */
        STALE_UNPAIR_REQUEST,
        UNKNOWN_DEVICE_EVENT
    }

    private final Map<PairingOutcome, Counter> counters = new EnumMap<>(PairingOutcome.class);

    PairingMetrics(MeterRegistry metrics) {
        for (PairingOutcome outcome : PairingOutcome.values()) {
            String label = outcome.name().toLowerCase(Locale.ROOT);
            counters.put(outcome, metrics.counter("pairing.outcomes", "outcome", label));
        }
    }

    public void increment(PairingOutcome outcome) {
        increment(outcome, 1);
    }

    public void increment(PairingOutcome outcome, int times) {
        counters.get(outcome).increment(times);
    }
}
