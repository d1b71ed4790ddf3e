package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.wrongcodes.PairingClient;

/**
 * A request of a register to pair.
 *
 * @param address the client address of the request
 * @param token the pairing token that the register gets if it succeeds
 * @param traceparent the step of a trace that receives it; null if it is not traced
 */
record PairingAttempt(ClientAddress address, PairingRequest request, Secret token, String traceparent) {
    RegisterKey key() {
        return request.register();
    }

    PairingClient caller() {
        return new PairingClient(address, key().vendorName(), key().registerId());
    }
}
