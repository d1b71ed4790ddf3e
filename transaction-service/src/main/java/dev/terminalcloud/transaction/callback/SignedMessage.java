package dev.terminalcloud.transaction.callback;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message to a POS, which is signed when it is sent (Standard Webhooks).
 *
 * @param id the same at each attempt
 * @param body JSON
 * @param key what only this POS and the cloud know
 */
public record SignedMessage(String id, String body, SecretKey key) {

    /** Returns a message that is signed with the bytes of this key. */
    public static SignedMessage of(String id, String body, byte[] key) {
        return new SignedMessage(id, body, new SecretKeySpec(key, WebhookSignature.ALGORITHM));
    }

    /** Keeps its content and key out of logs. */
    @Override
    public String toString() {
        return "SignedMessage[%s]".formatted(id);
    }
}
