package dev.terminalcloud.systemtests.migrations;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.ProjectModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that the text literals of a Java file read or write: in SQL, and in Hibernate's language, where an entity has the name of its
 * table. A table whose name is put together at runtime is not found.
 */
final class TableUses {
    /** How a class uses a table. */
    enum Access {
        READS,
        WRITES
    }

    /** Literals, and what may contain quotation marks without being one. */
    private static final Pattern TOKEN = Pattern.compile("\"\"\"([\\s\\S]*?)\"\"\"" + "|\"((?:[^\"\\\\\\n]|\\\\.)*+)\""
            + "|'(?:[^'\\\\]|\\\\.)'|/\\*[\\s\\S]*?\\*/|//[^\\n]*");

    /** A hyphen follows the name in prose: <em>from transaction-service</em>. */
    private static final String NAME = "(?:only\\s+)?(\\w+)(?![\\w-])";

    private static final Pattern READ = pattern("(?:from|join|using)\\s+");
    private static final Pattern CROSS_JOIN = pattern("from\\s+\\w+(?:\\s+(?:as\\s+)?\\w+)?\\s*,\\s*");
    private static final Pattern WRITE =
            pattern("(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?|lock\\s+table)\\s+");

    private final Set<String> tables;

    /** @param tables the names to find, in lower case */
    TableUses(Set<String> tables) {
        this.tables = tables;
    }

    /** Returns, for each table, the classes of the services that use it, without {@code dev.terminalcloud}. */
    Map<String, Map<String, Access>> ofServices() {
        Map<String, Map<String, Access>> uses = new TreeMap<>();
        ProjectModule.all().stream()
                .filter(module -> !module.path().startsWith("deploy/"))
                .map(module -> module.folder().resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(TableUses::filesOf)
                .forEach(file -> of(read(file))
                        .forEach((table, access) -> uses.computeIfAbsent(table, any -> new TreeMap<>())
                                .put(className(file), access)));
        return uses;
    }

    /** Returns how the Java source uses each table that it uses. */
    Map<String, Access> of(String source) {
        String texts = TOKEN.matcher(source).results().map(TableUses::literal).collect(Collectors.joining(" ;\n"));
        Map<String, Access> uses = new TreeMap<>();
        found(READ, texts).forEach(table -> uses.put(table, Access.READS));
        found(CROSS_JOIN, texts).forEach(table -> uses.put(table, Access.READS));
        found(WRITE, texts).forEach(table -> uses.put(table, Access.WRITES));
        return uses;
    }

    private Stream<String> found(Pattern use, String texts) {
        return use.matcher(texts)
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .filter(tables::contains);
    }

    private static Pattern pattern(String before) {
        return Pattern.compile("\\b" + before + NAME, Pattern.CASE_INSENSITIVE);
    }

    private static String literal(MatchResult token) {
        String block = token.group(1);
        String text = token.group(2);
        return block != null ? block : text == null ? "" : text;
    }

    private static String className(Path file) {
        String path = Installation.root().relativize(file).toString();
        return path.substring(
                        path.indexOf("dev/terminalcloud/") + "dev/terminalcloud/".length(),
                        path.length() - ".java".length())
                .replace('/', '.');
    }

    private static Stream<Path> filesOf(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
