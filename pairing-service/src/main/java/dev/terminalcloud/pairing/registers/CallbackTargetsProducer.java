package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.pairing.PairingConfiguration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The targets that the configuration of this service allows for notifications. */
class CallbackTargetsProducer {
    @Produces
    @Singleton
    CallbackTargets targets(PairingConfiguration configuration) {
        return new CallbackTargets(configuration.callback().allowPrivateAddresses());
    }
}
