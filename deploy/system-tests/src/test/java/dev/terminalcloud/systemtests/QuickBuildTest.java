package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fast tests: {@code -Dquick} alone leaves tests out, and leaves out each test that starts the stack. */
class QuickBuildTest {
    private static final Path TESTS = Installation.root().resolve("deploy/system-tests/src/test/java");
    private static final Pattern OMISSION =
            Pattern.compile("<(excludedGroups|groups|excludes|includes|skipTests|skip)>");
    private static final Pattern STARTS_A_STACK =
            Pattern.compile("\\bLocalStack\\.start|\\bOneStack\\.class|\\bShops\\b|\\bdeploy/[a-z]+/run\\b");
    private static final Pattern SLOW = Pattern.compile("(?m)^@(Tag\\(\"slow\"\\)|Conformance)$");

    @Test
    void quickAloneLeavesTestsOut() throws IOException {
        String root = Files.readString(Installation.root().resolve("pom.xml"));
        int profile = root.indexOf("<id>quick</id>");
        assertThat(OMISSION.matcher(root).results().map(omission -> omission.group(1)))
                .as("omissions in the root POM")
                .containsExactly("excludedGroups");
        assertThat(root.indexOf("<excludedGroups>")).isGreaterThan(profile);
        assertThat(root).contains("<name>quick</name>").doesNotContain("<activeByDefault>");
        try (Stream<Path> files = Files.find(Installation.root(), 3, (file, attributes) -> file.endsWith("pom.xml"))) {
            assertThat(files.filter(file -> surefire(read(file)).stream()
                            .anyMatch(configuration ->
                                    OMISSION.matcher(configuration).find())))
                    .as("POMs whose tests are incomplete")
                    .isEmpty();
        }
    }

    @Test
    void eachTestThatStartsAStackIsSlow() throws IOException {
        try (Stream<Path> files =
                Files.find(TESTS, 10, (file, attributes) -> file.toString().endsWith("Test.java"))) {
            assertThat(files.filter(file -> !file.endsWith("QuickBuildTest.java"))
                            .filter(file -> STARTS_A_STACK.matcher(read(file)).find())
                            .filter(file -> !SLOW.matcher(read(file)).find()))
                    .as("annotate these with @Tag(\"slow\")")
                    .isEmpty();
        }
    }

    private static List<String> surefire(String pom) {
        return Pattern.compile("(?s)<artifactId>maven-surefire-plugin</artifactId>.*?</plugin>")
                .matcher(pom)
                .results()
                .map(plugin -> plugin.group())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
