package dev.terminalcloud.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The folder of log files: one for each service, Kafka included, and one for this process. Each start overwrites them. */
record Logs(Path folder) {
    private static final String OWN = "local.log";
    private static final String LINE = "%1$tFT%1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n";
    private static final int LAST_LINES = 15;

    Path of(String service) {
        return folder.resolve(service + ".log");
    }

    /** Redirects the log of this process from the terminal to its file. */
    void takeThisProcess() {
        try {
            Files.createDirectories(folder);
            System.setProperty("java.util.logging.SimpleFormatter.format", LINE);
            FileHandler file = new FileHandler(folder.resolve(OWN).toString());
            file.setFormatter(new SimpleFormatter());
            file.setEncoding(StandardCharsets.UTF_8.name());
            Logger root = Logger.getLogger("");
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            root.addHandler(file);
            root.setLevel(Level.INFO);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to use the folder %s".formatted(folder), e);
        }
    }

    /** Returns the end of a service's log, which shows why it died. */
    String lastLines(String service) {
        Path file = of(service);
        if (!Files.exists(file)) {
            return "";
        }
        try {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
