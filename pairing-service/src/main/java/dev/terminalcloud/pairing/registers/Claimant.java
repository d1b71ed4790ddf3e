package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.wrongcodes.Caller;

/**
 * A register that wants to pair.
 *
 * @param address where its request comes from
 * @param token what it gets if it succeeds
 */
record Claimant(ClientAddress address, PairingRequest request, Secret token) {
    RegisterKey key() {
        return request.register();
    }

    Caller caller() {
        return new Caller(address, key().vendorName(), key().registerId());
    }
}
