package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import java.util.Optional;

/**
 * State of a register that was ever paired, as far as it is known here.
 *
 * @param businessName null if it is not paired
 * @param tokenHash the hash of its newest pairing token, which outlives the pairing; null if a build that did not publish
 *     it made the pairing
 * @param current its pairing; absent if it has ended, or its device has got another register
 * @param ending true if the register has requested the end of that pairing: no transaction starts under it
 */
public record KnownRegister(String businessName, String tokenHash, Optional<Pairing> current, boolean ending) {

    /** Returns the pairing under which a transaction of the register may start, if it has the same business name. */
    public Optional<Pairing> startsUnder(RegisterIdentity register) {
        return current.filter(pairing -> !ending && register.businessName().equals(businessName));
    }
}
