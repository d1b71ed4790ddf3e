package dev.terminalcloud.systemtests.conformance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table is complete: each row has a test or a reason for having none, and no two tests share a row. */
class RowsTest {
    private static final List<JavaMethod> PROOFS = new ClassFileImporter()
            .importPackagesOf(RowsTest.class).stream()
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> method.isAnnotatedWith(Proves.class))
                    .toList();

    @Test
    void eachRowHasExactlyOneTestOrAReason() {
        Map<Row, Long> proofs = PROOFS.stream()
                .collect(groupingBy(
                        method -> method.getAnnotationOfType(Proves.class).value(), counting()));

        assertThat(Stream.of(Row.values()).filter(row -> row.outOfReach().isEmpty() != proofs.containsKey(row)))
                .as("without a test and a reason, or with both")
                .isEmpty();
        assertThat(proofs.entrySet().stream().filter(proof -> proof.getValue() > 1))
                .as("with several tests")
                .isEmpty();
    }

    @Test
    void referencedInternalTestExists() throws IOException {
        try (Stream<Path> files = Files.walk(Installation.root())) {
            Set<String> tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .collect(toSet());
            assertThat(Stream.of(Row.values())
                            .filter(row -> !row.outOfReach().isEmpty())
                            .map(row -> row.shownBy() + ".java"))
                    .isSubsetOf(tests);
        }
    }

    @Test
    void eachProofIsCountedInTheTable() {
        assertThat(PROOFS)
                .isNotEmpty()
                .allMatch(method -> method.getOwner().isAnnotatedWith(Conformance.class))
                .allMatch(method -> method.getOwner().getSimpleName().endsWith("ConformanceTest"));
    }

    @Test
    void rowsAreInTheOrderOfThePageAndDiffer() {
        assertThat(Arrays.stream(Row.values()).map(row -> Integer.parseInt(row.section())))
                .isSorted();
        assertThat(Arrays.stream(Row.values()).map(row -> row.section() + row.text()))
                .doesNotHaveDuplicates();
    }

    @Test
    void tableHasEachRowWithItsResult() {
        Table table = new Table(Settings.of(name -> Optional.empty()));
        table.note(Row.BASE, new Table.RowResult("passed", 12));
        table.note(Row.CORS, new Table.RowResult("FAILED", 34));

        assertThat(table.text())
                .contains("| 1 | Base: {public-url}/POS | passed | 12 |")
                .contains("| 1 | CORS on every response, errors included | FAILED | 34 |")
                .contains("| 9 | Otherwise again after 1 h, 6 h, 24 h, then given up"
                        + " | shown on the inside: by CallbackTest, as it takes 31 hours | 0 |")
                .contains("%d rows: 1 passed, 1 FAILED, %d not run, 9 shown on the inside"
                        .formatted(Row.values().length, Row.values().length - 11));
        assertThat(table.text().lines().filter(line -> line.matches("\\| [1-9][0-9]* \\|.*")))
                .hasSize(Row.values().length);
    }
}
