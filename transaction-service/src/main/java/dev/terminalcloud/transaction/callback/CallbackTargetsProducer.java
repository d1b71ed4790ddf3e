package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.transaction.TransactionConfiguration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The targets that the configuration of this service allows for callbacks. */
class CallbackTargetsProducer {
    @Produces
    @Singleton
    CallbackTargets targets(TransactionConfiguration config) {
        return new CallbackTargets(config.callback().allowPrivateAddresses());
    }
}
