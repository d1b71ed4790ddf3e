package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page {@code deploy/security.md} answers each requirement of levels 1 and 2 of the standard, and everything that it and its
 * inventory name as evidence exists.
 */
class SecurityPageTest {
    private static final Path FOLDER = Installation.root().resolve("deploy");
    private static final int CHAPTERS = 17;

    /** The requirements of levels 1 and 2 of OWASP ASVS 5.0.0, by section. */
    private static final String REQUIREMENTS =
            """
            1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1-1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2
            4.1.1-3 4.2.1-1 4.3.1-2 4.4.1-4 5.1.1-1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3
            6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3 8.3.1-1 8.4.1-1 9.1.1-3 9.2.1-4 10.1.1-2
            10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1-1 11.6.1-1
            12.1.1-3 12.2.1-2 12.3.1-4 13.1.1-1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3
            15.3.1-7 16.1.1-1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1-1 17.2.1-4 17.3.1-2
            """;

    private static final Pattern RANGE =
            Pattern.compile("([0-9]+\\.[0-9]+)\\.([0-9]+)(?:(?:-|–[0-9]+\\.[0-9]+\\.)([0-9]+))?");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([0-9][0-9., –]*) \\|");
    private static final Pattern MARK = Pattern.compile("\\bD([0-9]+)\\b");
    private static final Pattern EXPLAINED_MARK = Pattern.compile("(?m)^\\| D([0-9]+) \\|");

    /** A class of this repository, perhaps with a test method. Classes of the platform have their package on the page. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\\.[a-z]\\w*)?`");

    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w*)`");
    private static final Pattern FILE = Pattern.compile(
            "`((?:deploy|shared-events|pairing-service|transaction-service|device-connector|\\.ci)/[\\w./-]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern SKIPPED_FOLDER = Pattern.compile("target|data|node_modules|\\..+");

    private static final String PAGE = read("security.md");
    private static final String PAGES = PAGE + read("security-inventory.md");
    private static final Set<Path> SOURCES = sources();

    @Test
    void eachChapterHasASection() {
        assertThat(found(Pattern.compile("(?m)^## V([0-9]+) "), PAGE))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CHAPTERS)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void eachRequirementIsAnsweredOnceInItsChapter() {
        List<String> answered = Stream.of(PAGE.split("(?m)^## "))
                .filter(section -> section.matches("(?s)V[0-9]+ .*"))
                .flatMap(section -> {
                    String chapter = section.substring(1, section.indexOf(' '));
                    List<String> ids = found(FIRST_CELL, section).stream()
                            .flatMap(SecurityPageTest::requirements)
                            .toList();
                    assertThat(ids).allMatch(id -> id.startsWith(chapter + "."));
                    return ids.stream();
                })
                .toList();

        assertThat(answered).doesNotHaveDuplicates();
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(requirements(REQUIREMENTS).toList());
    }

    @Test
    void eachDeviationIsExplained() {
        assertThat(found(MARK, PAGE)).hasSameElementsAs(found(EXPLAINED_MARK, PAGE));
    }

    @Test
    void eachClassExists() {
        Set<String> existing =
                SOURCES.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());

        assertThat(found(CLASS, PAGES)).isNotEmpty().allSatisfy(name -> assertThat(existing)
                .contains(name + ".java"));
    }

    @Test
    void eachTestMethodExists() {
        METHOD.matcher(PAGES).results().forEach(named -> assertThat(textsOf(named.group(1) + ".java"))
                .as(named.group())
                .anyMatch(text -> text.contains("void " + named.group(2) + "(")));
    }

    @Test
    void eachFileAndLinkExists() {
        assertThat(found(FILE, PAGES)).isNotEmpty().allSatisfy(name -> assertThat(
                        Installation.root().resolve(name))
                .exists());
        assertThat(found(LINK, PAGES)).isNotEmpty().allSatisfy(name -> assertThat(FOLDER.resolve(name))
                .exists());
    }

    /** Returns the ids in a list such as {@code 1.2.1–1.2.3, 1.2.9}. */
    private static Stream<String> requirements(String list) {
        return RANGE.matcher(list).results().flatMap(range -> {
            int first = Integer.parseInt(range.group(2));
            int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
            return IntStream.rangeClosed(first, last).mapToObj(number -> range.group(1) + "." + number);
        });
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static List<String> textsOf(String fileName) {
        return SOURCES.stream()
                .filter(file -> file.endsWith(fileName))
                .map(SecurityPageTest::text)
                .toList();
    }

    private static String read(String page) {
        return text(FOLDER.resolve(page));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> sources() {
        Set<Path> found = new HashSet<>();
        try {
            Files.walkFileTree(Installation.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean isSkipped = !folder.equals(Installation.root())
                            && SKIPPED_FOLDER
                                    .matcher(folder.getFileName().toString())
                                    .matches();
                    return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".java")) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
