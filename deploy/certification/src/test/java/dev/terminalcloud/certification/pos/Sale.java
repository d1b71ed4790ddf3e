package dev.terminalcloud.certification.pos;

import java.util.Optional;

/**
 * A sale, as a POS stores it: it survives a power cut.
 *
 * @param key also the POS's own reference
 * @param cancelled whether the cashier cancels it
 * @param pollingUrl empty until the start is answered
 */
record Sale(long cents, String key, boolean cancelled, Optional<String> pollingUrl) {

    Sale withPollingUrl(String url) {
        return new Sale(cents, key, cancelled, Optional.of(url));
    }
}
