package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The pairing token that a register sends, as it has got it from {@code PUT /POS/Pairing} (POS API, section 10): it proves that
 * the register has paired, since others may know the three names.
 */
public record PairingToken(String text) {
    public static final String HEADER = "Pairing-Token";

    private static final String PREFIX = "sha256:";

    /** No token has this hash. A comparison with it costs the same as any other. */
    private static final String NO_HASH = PREFIX + "0".repeat(64);

    /** Returns the token that the request sends; absent also if the header is empty. */
    public static Optional<PairingToken> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(text -> !text.isEmpty())
                .map(PairingToken::new);
    }

    /**
     * Checks the token in a time that does not depend on the hash, or on whether there is one.
     *
     * @param hash the hash of the register's token; null if the register is unknown or has none
     * @throws ApiException 401 if it is another token
     */
    public void check(String hash) {
        String expected = hash == null ? NO_HASH : hash;
        if (!MessageDigest.isEqual(hash().getBytes(UTF_8), expected.getBytes(UTF_8))) {
            throw PairingTokenError.PAIRING_TOKEN_INVALID.exception();
        }
    }

    /** Returns the form in which it is stored and published: {@code sha256:} and 64 hexadecimal digits. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** Keeps it out of logs. */
    @Override
    public String toString() {
        return "PairingToken[…]";
    }
}
