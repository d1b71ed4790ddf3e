package dev.terminalcloud.certification.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reader knows each function completely, as the OpenAPI document has it. */
class RequestReaderTest {
    private static final String PARAMETERS = "TransactionParameters";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[^`]+`(?:, )?)+) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final ParameterRules rules = ParameterRules.read();

    @Test
    void eachFunctionIsKnown() {
        assertThat(RequestReader.NEEDED.keySet()).isEqualTo(rules.values(PARAMETERS, "TransactionType"));
    }

    @Test
    void eachDocumentedCallIsKnown() {
        assertThat(rules.operations()).isNotEmpty().allSatisfy(operation -> {
            String[] parts = operation.split(" ", 2);

            assertThat(Call.of(parts[0], parts[1], false).call()).as(operation).isNotEqualTo(Call.UNKNOWN);
        });
    }

    /** An amount may be optional, as the document says of it; a function without a row needs nothing. */
    @Test
    void eachFunctionNeedsWhatItsRowOfTheDocumentNeeds() {
        Map<String, List<String>> needed = new TreeMap<>();
        RequestReader.NEEDED.keySet().forEach(function -> needed.put(function, List.of()));
        rows().forEach(row -> names(row.group(1))
                .forEach(function -> needed.put(function, names(row.group(2).split("optionally", 2)[0]))));

        assertThat(RequestReader.NEEDED).isEqualTo(needed);
    }

    @Test
    void eachAmountIsInTheRowOfAFunction() {
        Set<String> inRows =
                rows().stream().flatMap(row -> names(row.group(2)).stream()).collect(Collectors.toSet());

        assertThat(inRows).containsAll(RequestReader.AMOUNTS);
        assertThat(rules.names(PARAMETERS)).containsAll(inRows);
    }

    /** Returns the rows of the table of functions: their names, and their parameters; not the row of linked refunds. */
    private static List<MatchResult> rows() {
        try (InputStream in = RequestReaderTest.class.getResourceAsStream("/docs/pos-api.yaml")) {
            JsonNode start = new YAMLMapper().readTree(in).path("paths").path("/POS/Transaction");
            return ROW.matcher(start.at("/post/description").asText()).results().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }
}
