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

/** The folder of log files: one for each service, one for this process with Kafka in it. Each start begins them anew. */
record Logs(Path folder) {
    private static final String OWN = "local.log";
    private static final String LINE = "%1$tFT%1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n";
    private static final int LAST_LINES = 15;

    Path of(String service) {
        return folder.resolve(service + ".log");
    }

    /** Sends what this process logs to its file, and nothing of it to the terminal. */
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
            throw new UncheckedIOException("The folder %s can't be used".formatted(folder), e);
        }
    }

    /** The end of a service's log, for showing why it died. */
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
