package dev.terminalcloud.embedded.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page {@code deploy/data-retention.md}, for tests that it names all data. */
public final class DataRetentionPage {
    private static final Path FILE = Path.of("deploy", "data-retention.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<Row> rows = new ArrayList<>();

    /** A row of a table of the page, without its frame, under the nearest heading. */
    private record Row(String heading, List<String> cells) {
        private static Row of(String heading, String line) {
            return new Row(
                    heading,
                    List.of(line.substring(1, line.length() - 1).strip().split("\\s*\\|\\s*")));
        }

        private List<String> code(int cell) {
            return CODE.matcher(cells.get(cell))
                    .results()
                    .map(MatchResult::group)
                    .map(quoted -> quoted.substring(1, quoted.length() - 1))
                    .toList();
        }
    }

    private DataRetentionPage(List<String> lines) {
        String heading = "";
        for (String line : lines) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
            } else if (line.startsWith("| ") && !line.startsWith("| ---")) {
                rows.add(Row.of(heading, line));
            }
        }
    }

    /** Reads the page, which is in a folder above that of the test. */
    public static DataRetentionPage read() throws IOException {
        return new DataRetentionPage(Files.readAllLines(Repository.find(FILE)));
    }

    /** Returns the columns of each table of a service, with those that both services have. */
    public SortedMap<String, SortedSet<String>> columnsOf(String service) {
        SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
        rows.stream()
                .filter(row -> List.of("Both services", service).contains(row.heading()))
                .filter(row -> !row.code(0).isEmpty())
                .forEach(row -> columns.computeIfAbsent(row.code(0).get(0), table -> new TreeSet<>())
                        .addAll(row.code(1)));
        return columns;
    }

    /** Returns the configuration keys of a service with their defaults, with those that both services have. */
    public Map<String, String> keysOf(String service) {
        Map<String, String> keys = new TreeMap<>();
        rows.stream()
                .filter(row -> row.heading().equals("Configuration"))
                .filter(row -> List.of("both", service).contains(row.cells().get(0)))
                .forEach(row -> keys.put(row.code(1).get(0), row.code(2).get(0)));
        return keys;
    }

    /** Returns how long each topic is kept, in words, by its name in the page. */
    public Map<String, String> topics() {
        Map<String, String> topics = new TreeMap<>();
        rows.stream()
                .filter(row -> row.heading().equals("Topics"))
                .filter(row -> !row.code(0).isEmpty())
                .forEach(row -> topics.put(row.code(0).get(0), row.cells().get(2)));
        return topics;
    }
}
