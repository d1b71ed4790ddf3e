package dev.terminalcloud.transaction.callback;

import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message to a POS, which is signed when it is sent (Standard Webhooks).
 *
 * @param id the same at each attempt
 * @param time when this attempt began, by the database's clock, so that a wrong clock of this machine makes no receiver reject it
 * @param body JSON
 * @param key what only this POS and the cloud know
 */
public record SignedMessage(String id, Instant time, String body, SecretKey key) {

    /** Returns a message that is signed with the bytes of this key. */
    public static SignedMessage of(String id, Instant time, String body, byte[] key) {
        return new SignedMessage(id, time, body, new SecretKeySpec(key, WebhookSignature.ALGORITHM));
    }

    /** Keeps its content and key out of logs. */
    @Override
    public String toString() {
        return "SignedMessage[%s]".formatted(id);
    }
}
