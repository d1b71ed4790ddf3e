package dev.terminalcloud.transaction.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;

/** The signature of a callback (Standard Webhooks 1.0.0, symmetric): {@code v1,} and a base64 HMAC-SHA256. */
final class WebhookSignature {
    static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    static String of(SignedMessage message) {
        String signed = message.id() + "." + message.time().getEpochSecond() + "." + message.body();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(message.key());
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }
}
