package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.wrongcodes.PairingClient;

/**
 * A register that wants to pair.
 *
 * @param address where its request comes from
 * @param token what it gets if it succeeds
 */
record PairingAttempt(ClientAddress address, PairingRequest request, Secret token) {
    RegisterKey key() {
        return request.register();
    }

    PairingClient caller() {
        return new PairingClient(address, key().vendorName(), key().registerId());
    }
}
