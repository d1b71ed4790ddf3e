package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import java.util.Optional;

/**
 * The move of a register from its device to another one, made by pairing it there: a device was swapped, or another client that
 * knows the names of the register has taken it.
 *
 * @param previousAddress the client address of the previous pairing; absent if the history does not have it
 * @param address the client address of this one
 */
record RegisterMove(Optional<String> previousAddress, String address) {

    PairingOutcome outcome() {
        return previousAddress.equals(Optional.of(address))
                ? PairingOutcome.REGISTER_MOVED
                : PairingOutcome.REGISTER_MOVED_FROM_OTHER_ADDRESS;
    }
}
