package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.callbackurl.CallbackUrl;
import dev.terminalcloud.posapi.PosParameters;

/**
 * Parameters of a pairing request (POS API, section 2).
 *
 * @param callbackUrl where the register wants to be notified about the pairing and its device; null for nowhere
 */
record PairingRequest(
        RegisterKey register, String businessName, String registerName, ContactDetails contact, String callbackUrl) {
    static final int MAX_LENGTH = 128;

    /** @throws dev.terminalcloud.posapi.ApiException 400 that names the parameter that is missing or invalid */
    static PairingRequest of(PosParameters parameters, CallbackTargets targets) {
        String registerId = parameters.required("POSRegisterID", MAX_LENGTH);
        String registerName = parameters.required("POSRegisterName", MAX_LENGTH);
        String businessName = parameters.required("POSBusinessName", MAX_LENGTH);
        String vendorName = parameters.required("POSVendorName", MAX_LENGTH);
        return new PairingRequest(
                new RegisterKey(vendorName, registerId),
                businessName,
                registerName,
                ContactDetails.of(parameters),
                targets.parse(parameters).map(CallbackUrl::toString).orElse(null));
    }
}
