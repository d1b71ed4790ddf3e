package dev.terminalcloud.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Limits the logs of the broker and the database starter to warnings and errors; at INFO they would flood the embedding process. */
final class QuietLogs {
    /** Strong references: a logger that is garbage-collected loses its level. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "io.zonky.test", "org.testcontainers", "tc")
            .map(Logger::getLogger)
            .toList();

    private QuietLogs() {}

    static void apply() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
