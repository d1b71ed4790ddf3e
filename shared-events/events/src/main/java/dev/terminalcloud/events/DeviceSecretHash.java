package dev.terminalcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of a device's secret: {@code sha256:} and 64 hexadecimal digits.
 *
 * <p>A plain digest is enough because secrets are 256 random bits, which cannot be guessed. A slow or salted hash would
 * not protect them better (NIST SP 800-63B, section 5.1.1.2, requires those where people choose the secret).
 */
public final class DeviceSecretHash {
    private static final String PREFIX = "sha256:";

    private DeviceSecretHash() {}

    public static String of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** Compares the secret with the hash in constant time. */
    public static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(of(secret).getBytes(UTF_8), hash.getBytes(UTF_8));
    }
}
