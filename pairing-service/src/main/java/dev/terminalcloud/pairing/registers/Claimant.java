package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.codes.PairingCode;

/**
 * A register that wants to pair.
 *
 * @param token what it gets if it succeeds
 */
record Claimant(PairingCode code, PairingRequest request, Secret token) {
    RegisterKey key() {
        return request.register();
    }
}
