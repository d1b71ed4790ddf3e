package dev.terminalcloud.transaction.lifecycle;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;

/**
 * The polling token of a transaction; immutable.
 *
 * @param token never logged; also the key of the signatures of its callbacks
 * @param issuedAt when it took the place of another; null for the first one
 * @param erasedAt when it was replaced by one that nobody has; null before
 */
@Embeddable
record Access(
        @Column(name = "access_token") UUID token,
        @Column(name = "access_token_issued_at") Instant issuedAt,
        @Column(name = "access_erased_at") Instant erasedAt) {

    /** Returns the first token, which is random. */
    static Access first() {
        return new Access(UUID.randomUUID(), null, null);
    }
}
