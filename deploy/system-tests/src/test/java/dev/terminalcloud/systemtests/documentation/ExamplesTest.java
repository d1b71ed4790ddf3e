package dev.terminalcloud.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tills that people copy are short enough to be read first. */
class ExamplesTest {
    private static final int LIMIT = 120;

    @Test
    void eachExampleHasFewerLinesThanTheLimit() throws IOException {
        List<Path> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
        for (Path example : examples) {
            assertThat(Files.readAllLines(example)).as("%s", example).hasSizeLessThan(LIMIT);
        }
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Installation.root().resolve("deploy/pos-api/examples"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
