package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Verifies the signature of callbacks. */
final class CallbackVerifier {
    private CallbackVerifier() {}

    /**
     * Returns if the signature is valid, and throws otherwise.
     *
     * @param token the merchantAccessToken of the response to the start of the transaction that has the id in webhook-id
     * @param headers the headers of the callback
     * @param body the body as received: parsing and formatting it would change the signature
     */
    static void verify(String token, Map<String, List<String>> headers, String body)
            throws EmptyWebhookSecretException, WebhookVerificationException {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(token.getBytes(UTF_8));
        new Webhook(secret).verify(body, headers);
    }
}
