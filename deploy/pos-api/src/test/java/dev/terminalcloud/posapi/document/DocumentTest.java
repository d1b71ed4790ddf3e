package dev.terminalcloud.posapi.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final MergedDocument DOCUMENT = MergedDocument.of(Repository.introduction(), Repository.parts());

    @Test
    void committedDocumentMatchesTheCode() throws IOException {
        Files.writeString(Repository.generated(), Yaml.write(DOCUMENT.document()));

        assertThat(Repository.committed())
                .as("The POS API has changed. If that is intended, accept the new document and review its diff:%n"
                        + "cp deploy/pos-api/target/pos-api.yaml deploy/pos-api/src/main/resources/docs/pos-api.yaml")
                .hasSameTextualContentAs(Repository.generated(), UTF_8);
    }

    @Test
    void readmeHasTheErrorsOfTheDocument() throws IOException {
        String table = tableIn(DOCUMENT.document().at("/info/description").asText());
        Files.writeString(Repository.generatedErrors(), table);

        assertThat(tableIn(Files.readString(Repository.readme())))
                .as("Errors have changed. The table under '## Errors' in deploy/pos-api/README.md must equal"
                        + " deploy/pos-api/target/errors.md")
                .isEqualTo(table);
    }

    private static String tableIn(String text) {
        return text.lines()
                .dropWhile(line -> !line.startsWith("| status |"))
                .takeWhile(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
