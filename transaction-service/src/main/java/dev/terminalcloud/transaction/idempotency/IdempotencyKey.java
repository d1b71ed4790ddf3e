package dev.terminalcloud.transaction.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key under which a register repeats a start (POS API, section 10): two starts of a register with the same key are one
 * transaction.
 */
public record IdempotencyKey(String text) {
    public static final String HEADER = "Idempotency-Key";
    public static final int MAX_LENGTH = 255;

    /** Visible ASCII characters (RFC 5234, {@code VCHAR}). */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]{1," + MAX_LENGTH + "}");

    /** @throws ApiException 400 if it is not 1 to {@value #MAX_LENGTH} visible ASCII characters */
    public IdempotencyKey {
        if (!VISIBLE_ASCII.matcher(text).matches()) {
            throw IdempotencyError.IDEMPOTENCY_KEY_INVALID.exception();
        }
    }

    /**
     * Returns the key that the request sends, if it sends one.
     *
     * @throws ApiException 400 if it is not a key, or if there are several
     */
    public static Optional<IdempotencyKey> of(HttpServerRequest request) {
        List<String> sent = request.headers().getAll(HEADER);
        if (sent.size() > 1) {
            throw IdempotencyError.IDEMPOTENCY_KEY_INVALID.exception();
        }
        return sent.stream().findFirst().map(IdempotencyKey::new);
    }

    /**
     * Returns the form in which it is stored: 64 hexadecimal digits, different for each register. A hash, since a key may be
     * anything, a card number included; masking it would make two keys one.
     */
    public String hash(RegisterIdentity register) {
        try {
            String keyOfRegister = EventCodec.jsonArray(register.vendorName(), register.registerId(), text);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(keyOfRegister.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
