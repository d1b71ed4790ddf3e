package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.growth.Growth;
import dev.terminalcloud.benchmark.stack.MeasuredStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The circumstances of a measurement, without which its figures say nothing. */
final class Setting {
    private Setting() {}

    static Map<String, String> of(MeasuredStack stack, RateOptions options, Optional<Growth> growth)
            throws IOException {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put(
                "time",
                OffsetDateTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        setting.put(
                "machine",
                "%d cores, %s, Linux %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                processor(),
                                System.getProperty("os.version")));
        setting.put("Java", Runtime.version().toString());
        setting.put("JVM options of the services and of the floor", String.join(" ", stack.javaOptions()));
        setting.put(
                "services",
                String.join(", ", stack.services().keySet().stream().sorted().toList()));
        setting.put(
                "load",
                "%d devices, mode %s, %s"
                        .formatted(
                                options.devices(),
                                options.mode().name().toLowerCase(Locale.ROOT),
                                options.isPastGateway() ? "past the gateway" : "through the gateway"));
        setting.put(
                "stored before",
                growth.map(stored -> "%d transactions, %d pairings".formatted(stored.transactions(), stored.pairings()))
                        .orElse("nothing, or what --keep-data has kept"));
        setting.put("other load of the machine at the start", loadAverage() + " (load average of the last minute)");
        return setting;
    }

    private static String processor() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }
}
