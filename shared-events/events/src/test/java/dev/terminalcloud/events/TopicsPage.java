package dev.terminalcloud.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page about topics, with the tables and the commands of an installation. */
final class TopicsPage {
    private static final Path FILE = Path.of("../topics.md");

    private TopicsPage() {}

    static List<String> lines() throws IOException {
        return Files.readAllLines(FILE);
    }
}
