package dev.terminalcloud.transaction.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;

/** The signature of a callback (Standard Webhooks 1.0.0, symmetric): {@code v1,} and a base64 HMAC-SHA256. */
final class WebhookSignature {
    static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** Signs a message that is sent at that time. */
    static String of(SignedMessage message, Instant time) {
        String signed = message.id() + "." + time.getEpochSecond() + "." + message.body();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(message.key());
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }
}
