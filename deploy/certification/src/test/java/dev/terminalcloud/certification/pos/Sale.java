package dev.terminalcloud.certification.pos;

import java.util.Optional;

/**
 * A sale, as a POS stores it: it survives a power cut.
 *
 * @param key also the POS's own reference
 * @param cancelled whether the cashier cancels it
 * @param original the transaction that it refunds; empty for a payment
 * @param pollingUrl empty until the start is answered
 */
record Sale(long cents, String key, boolean cancelled, Optional<String> original, Optional<String> pollingUrl) {

    static Sale of(long cents, String key, boolean cancelled) {
        return new Sale(cents, key, cancelled, Optional.empty(), Optional.empty());
    }

    static Sale refund(long cents, String key, Optional<String> original) {
        return new Sale(cents, key, false, original, Optional.empty());
    }

    Sale withPollingUrl(String url) {
        return new Sale(cents, key, cancelled, original, Optional.of(url));
    }
}
