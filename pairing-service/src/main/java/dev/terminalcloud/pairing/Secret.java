package dev.terminalcloud.pairing;

import dev.terminalcloud.events.DeviceSecretHash;
import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits as base64url text: shown once, kept only as a hash. */
public record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    public static Secret random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    public String hash() {
        return DeviceSecretHash.of(text);
    }

    /** Keeps it out of logs. */
    @Override
    public String toString() {
        return "Secret[…]";
    }
}
