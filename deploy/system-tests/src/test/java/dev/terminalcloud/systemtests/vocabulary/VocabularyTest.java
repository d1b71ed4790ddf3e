package dev.terminalcloud.systemtests.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.ProjectModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks the names and texts of all modules against {@code deploy/vocabulary.md}. */
@Tag("slow")
class VocabularyTest {
    private static final Pattern TEXT_FILE =
            Pattern.compile(".*\\.(java|js|html|css|md|yaml|properties|sql|xml|txt)|(.*/)?run");
    private static final Pattern SKIPPED_FOLDER = Pattern.compile("target|data|approved|node_modules|\\.(?!ci$).*");

    /** The rules and their examples; and a page that is generated from the sources and has texts of the POS API that are fixed. */
    private static final Pattern EXEMPT =
            Pattern.compile(".*/vocabulary\\.properties|.*/VocabularyRulesTest\\.java|.*/docs/pos-api\\.yaml");

    private static final Path ROOT = Installation.root();
    private static final Map<String, String> FILES = files();
    private static final VocabularyRules RULES = VocabularyRules.read();

    @Test
    void identifiersUseNoForbiddenWord() {
        assertNone(".*\\.(java|js)", RULES::forbiddenIdentifiers);
    }

    @Test
    void textsUseNoForbiddenPhraseAndNoOldName() {
        assertNone(".*", RULES::forbiddenPhrases);
    }

    @Test
    void logMessagesHaveOneFormat() {
        assertNone(".*/src/main/.*\\.java", RULES::malformedLogMessages);
        assertThat(matching(".*/src/main/.*\\.java").values().stream().flatMap(VocabularyRules::logMessages))
                .as("log messages")
                .hasSizeGreaterThan(30);
    }

    @Test
    void testNamesHaveNoArticleAndNoFreeRelative() {
        assertNone(".*/src/test/.*\\.java", RULES::malformedTestNames);
        assertThat(matching(".*/src/test/.*\\.java").values().stream().flatMap(VocabularyRules::testNames))
                .as("test methods")
                .hasSizeGreaterThan(500);
    }

    @Test
    void filesOfEachModuleAreRead() {
        assertThat(ProjectModule.all()).isNotEmpty().allSatisfy(module -> assertThat(FILES.keySet())
                .anyMatch(file -> file.startsWith(module.path() + "/src/main/")
                        || file.startsWith(module.path() + "/src/test/")));
    }

    private static void assertNone(String files, Function<String, List<String>> rule) {
        Map<String, String> read = matching(files);
        assertThat(read).isNotEmpty();
        assertThat(read.entrySet().stream().flatMap(file -> rule.apply(file.getValue()).stream()
                        .map(found -> file.getKey() + ": " + found)))
                .as("replace these by the standard terms, see deploy/vocabulary.md")
                .isEmpty();
    }

    private static Map<String, String> matching(String files) {
        Map<String, String> matching = new TreeMap<>(FILES);
        matching.keySet().removeIf(file -> !file.matches(files));
        return matching;
    }

    /** Reads the text files by their paths from the root. Skips build folders, where other tests delete files at the same time. */
    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return !folder.equals(ROOT)
                                    && SKIPPED_FOLDER
                                            .matcher(folder.getFileName().toString())
                                            .matches()
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String path = ROOT.relativize(file).toString();
                    if (attributes.isRegularFile()
                            && TEXT_FILE.matcher(path).matches()
                            && !EXEMPT.matcher(path).matches()) {
                        files.put(path, Files.readString(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
