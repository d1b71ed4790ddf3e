package dev.terminalcloud.pairing.codes;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/** Eight decimal digits that a device shows and a person types into a register. */
public record PairingCode(String digits) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern DIGITS = Pattern.compile("[0-9]{8}");
    private static final int CODE_SPACE = 100_000_000;

    public PairingCode {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("Pairing code must have 8 decimal digits");
        }
    }

    /** Parses a code; absent if the text is not one. */
    public static Optional<PairingCode> parse(String text) {
        return DIGITS.matcher(text).matches() ? Optional.of(new PairingCode(text)) : Optional.empty();
    }

    static PairingCode random() {
        return new PairingCode("%08d".formatted(RANDOM.nextInt(CODE_SPACE)));
    }

    /** Keeps it out of logs. */
    @Override
    public String toString() {
        return "PairingCode[…]";
    }
}
