package dev.terminalcloud.checker.stack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of the servers in the output of {@code deploy/local/run}, which prints them when the whole stack is ready, and not before.
 * In a stack for planned changes each process has a line of its own that ends in {@code ready}. One thread reads; any may ask.
 */
final class StackOutput {
    private static final Pattern KAFKA = Pattern.compile(" +Kafka +([0-9.:]+)");
    private static final Pattern POSTGRES = Pattern.compile(" +PostgreSQL +(postgresql://[^ ,]+),.*");

    private volatile String kafka;
    private volatile String postgres;

    /** Reads the next line; returns whether the stack is ready. */
    boolean read(String line) {
        found(KAFKA, line).ifPresent(match -> kafka = match);
        found(POSTGRES, line).ifPresent(match -> postgres = match);
        return kafka != null && postgres != null;
    }

    /** Returns the addresses of Kafka for a client. */
    String kafka() {
        return printed(kafka);
    }

    /** Returns the URL of the database. */
    String postgres() {
        return printed(postgres);
    }

    private static String printed(String address) {
        if (address == null) {
            throw new IllegalStateException("the stack is not ready");
        }
        return address;
    }

    private static Optional<String> found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
