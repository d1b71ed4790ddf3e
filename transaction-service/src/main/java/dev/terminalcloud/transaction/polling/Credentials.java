package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PosParameters;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What a request shows to access a transaction.
 *
 * @param pollingToken empty if it shows none
 * @param pairingToken that of the register; checked if it is sent, also beside a polling token
 */
record Credentials(String pollingToken, Optional<PairingToken> pairingToken) {
    private static final String POLLING_TOKEN = "merchantAccessToken";

    static Credentials of(HttpServerRequest request, PosParameters parameters) {
        return new Credentials(parameters.get(POLLING_TOKEN).orElse(""), PairingToken.of(request));
    }

    /** Returns true if the pairing token has to do, without a polling token. */
    boolean isPairingTokenOnly() {
        return pollingToken.isEmpty() && pairingToken.isPresent();
    }

    /** Keeps the tokens out of logs. */
    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
