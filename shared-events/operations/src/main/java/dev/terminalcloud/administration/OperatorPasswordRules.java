package dev.terminalcloud.administration;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;

/**
 * Rules for the passwords of the built-in operators: long, and hard to guess for a program that knows usual passwords, names, dates,
 * keyboard patterns and the words of this system. No rule asks for certain kinds of characters (NIST SP 800-63B, section 3.1.1.2).
 */
final class OperatorPasswordRules {
    static final int MIN_LENGTH = 16;

    /** The best of the scores 0 to 4: at least 10¹⁰ guesses. */
    private static final int MIN_SCORE = 4;

    /** The estimate takes the square of the length, and a longer password only gets harder to guess. */
    private static final int MAX_ESTIMATED_LENGTH = 100;

    private static final List<String> CONTEXT_WORDS = List.of(
            "terminalcloud",
            "terminal-cloud",
            "terminal cloud",
            "terminal",
            "cloud",
            "administration",
            "administrator",
            "operator",
            "viewer",
            "pairing",
            "transaction",
            "payment",
            "device",
            "register",
            "connector",
            "gateway",
            "merchant",
            "kafka",
            "postgres",
            "changeme");

    private OperatorPasswordRules() {}

    /**
     * Checks a password.
     *
     * @param key the configuration key that the exception names
     * @throws IllegalArgumentException naming the key and the rule, and not the password
     */
    static void validate(String key, String password) {
        if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
            throw new IllegalArgumentException("%s must have at least %d characters".formatted(key, MIN_LENGTH));
        }
        String estimated = password.substring(0, Math.min(password.length(), MAX_ESTIMATED_LENGTH));
        if (new Zxcvbn().measure(estimated, CONTEXT_WORDS).getScore() < MIN_SCORE) {
            throw new IllegalArgumentException(
                    "%s must be hard to guess: it consists of usual passwords, names, dates, patterns or words of this system. Let a program generate it"
                            .formatted(key));
        }
    }
}
