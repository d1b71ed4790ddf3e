package dev.terminalcloud.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Lets the broker and the database starter log warnings and errors only; at INFO they drown whoever embeds them. */
final class QuietLogs {
    /** Held for good: a logger that nobody holds forgets its level. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "io.zonky.test", "org.testcontainers", "tc")
            .map(Logger::getLogger)
            .toList();

    private QuietLogs() {}

    static void apply() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
