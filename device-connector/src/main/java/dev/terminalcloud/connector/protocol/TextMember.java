package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * The members that are texts, with their rules (device protocol, "Device → cloud"). In each of them card data is masked, and
 * counted by member.
 */
public enum TextMember {
    MODEL("model", Form.TEXT, 64),
    FIRMWARE("firmware", Form.TEXT, 64),
    NONCE("nonce", Form.TEXT, 200),
    PROMPT("prompt", Form.TEXT, 200),
    RESULT_TEXT("resultText", Form.TEXT, 200),
    AUTH_ID("authId", Form.CODE, 40),
    ACQUIRER_REF("acquirerRef", Form.CODE, 40),
    TERMINAL_REF("terminalRef", Form.CODE, 40),
    CARD_PAN("cardPan", Form.TEXT, 40),
    CARD_TYPE("cardType", Form.CODE, 40),
    ACCOUNT_TYPE("accountType", Form.CODE, 40),
    STATUS("status", Form.CODE, 40),
    REFERENCE_ID("referenceId", Form.CODE, 40),
    RECEIPT("receipt", Form.BYTES, 16_384),
    /** Any member of a message that is kept because it could not be used. */
    KEPT_MESSAGE("", Form.TEXT, KeptPayload.MAX_BYTES);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9 ._/-]*");

    private final String wireName;
    private final Form form;
    private final int max;

    private enum Form {
        /** Any characters, a limited number of them. */
        TEXT,
        /** Letters and digits of ASCII and {@code " .-_/"}, a limited number of them. */
        CODE,
        /** Any characters, a limited number of bytes in UTF-8. */
        BYTES
    }

    TextMember(String wireName, Form form, int max) {
        this.wireName = wireName;
        this.form = form;
        this.max = max;
    }

    String wireName() {
        return wireName;
    }

    /** @throws InvalidMemberException if the text breaks the member's rule */
    void check(String text) {
        if (form == Form.BYTES && text.getBytes(UTF_8).length > max) {
            throw new InvalidMemberException(wireName, "must have at most " + max + " bytes");
        }
        if (form != Form.BYTES && text.codePointCount(0, text.length()) > max) {
            throw new InvalidMemberException(wireName, "must have at most " + max + " characters");
        }
        if (form == Form.CODE && !CODE.matcher(text).matches()) {
            throw new InvalidMemberException(wireName, "must consist of letters, digits and \" .-_/\"");
        }
    }
}
