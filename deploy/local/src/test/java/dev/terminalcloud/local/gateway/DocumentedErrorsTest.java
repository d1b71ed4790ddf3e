package dev.terminalcloud.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the errors of the gateway with those that the catalogue of the POS API's errors lists for it. */
class DocumentedErrorsTest {
    private static final Path CATALOGUE = Path.of("../pos-api/README.md");

    @Test
    void catalogueHasEachErrorOfTheGatewayAndNoOther() throws IOException {
        List<String> documented = Files.readAllLines(CATALOGUE).stream()
                .map(line -> line.split(" \\| "))
                .filter(cells -> cells.length == 5 && cells[2].contains("gateway"))
                .map(cells -> cells[0].substring(2) + " " + cells[1].replace("`", ""))
                .toList();

        assertThat(documented)
                .as("deploy/pos-api/README.md, from deploy/pos-api/src/test/resources/introduction.yaml")
                .containsExactlyInAnyOrderElementsOf(Stream.of(GatewayError.values())
                        .map(DocumentedErrorsTest::line)
                        .toList());
    }

    private static String line(GatewayError error) {
        return error.status() + " " + new JsonObject(error.body()).getString("error");
    }
}
