package dev.terminalcloud.local;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The random passwords of one start; the processes get them in their environment. */
record Secrets(String administration, String pairingDatabase, String transactionDatabase) {
    private static final int BYTES = 16;

    static Secrets random() {
        return new Secrets(password(), password(), password());
    }

    /** Returns a new random password. */
    static String password() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Omits the passwords. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
