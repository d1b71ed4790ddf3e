package dev.terminalcloud.certification.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The reader knows each function completely, as the OpenAPI document has it. */
class RequestReaderTest {
    private static final String PARAMETERS = "TransactionParameters";

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

    @Test
    void eachAmountIsNeededByAFunction() {
        Set<String> amounts = new TreeSet<>(rules.names(PARAMETERS));
        amounts.removeIf(name -> !name.startsWith("Amount"));

        assertThat(RequestReader.NEEDED.values().stream().flatMap(List::stream)).containsAll(amounts);
        assertThat(rules.names(PARAMETERS))
                .containsAll(RequestReader.NEEDED.values().stream()
                        .flatMap(List::stream)
                        .toList());
    }
}
