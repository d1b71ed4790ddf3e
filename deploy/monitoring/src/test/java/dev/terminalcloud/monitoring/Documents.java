package dev.terminalcloud.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files of this module. */
final class Documents {
    static final Path FOLDER = Path.of("").toAbsolutePath();
    static final Path ALERTS = FOLDER.resolve("alerts.yaml");
    static final Path ALERT_TESTS = FOLDER.resolve("alerts-test.yaml");
    static final Path DASHBOARDS = FOLDER.resolve("dashboards");

    /** JSON is YAML. */
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Documents() {}

    /** Parses a YAML or JSON file. */
    static JsonNode parse(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
