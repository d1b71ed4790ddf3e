package dev.terminalcloud.connector.fuzz;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Log records that no device may cause: errors, and exceptions that reached the end of a Netty pipeline. */
final class LoggedErrors extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private static final String UNHANDLED = "exceptionCaught()";

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    LoggedErrors() {
        ROOT.addHandler(this);
    }

    List<String> soFar() {
        return List.copyOf(errors);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() >= Level.SEVERE.intValue()
                || String.valueOf(logged.getMessage()).contains(UNHANDLED)) {
            errors.add("%s: %s %s".formatted(logged.getLoggerName(), logged.getMessage(), logged.getThrown()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
