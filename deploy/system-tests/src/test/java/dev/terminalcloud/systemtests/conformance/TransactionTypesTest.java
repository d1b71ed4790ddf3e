package dev.terminalcloud.systemtests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.virtualdevice.function.DeviceFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A transaction type or an amount that is added to the POS API is added to all that play a part in it. */
class TransactionTypesTest {
    private static final Pattern TYPE_OF_THE_TILL = Pattern.compile("type\\('([^']+)'");
    private static final Pattern AMOUNT_OF_THE_TILL = Pattern.compile("'(Amount[A-Za-z]+)'");
    private static final Pattern FUNCTION_OF_THE_TERMINAL = Pattern.compile("(?m)^  '([^']+)': \\['");

    private final JsonNode schemas = schemas();

    @Test
    void eachTypeHasARowOfTheConformanceTable() {
        assertThat(types())
                .allSatisfy(type -> assertThat(Arrays.stream(Row.values()).map(Row::text))
                        .as(type)
                        .anyMatch(text -> text.startsWith(type + ":")));
    }

    @Test
    void virtualDeviceRunsEachType() {
        assertThat(types())
                .allSatisfy(type -> assertThat(DeviceFunction.of(type)).as(type).isPresent())
                .hasSameSizeAs(DeviceFunction.values());
    }

    @Test
    void tillOfTheSandboxOffersEachTypeWithEachAmount() {
        String till = sandbox("register/types.js");

        assertThat(found(TYPE_OF_THE_TILL, till)).containsExactlyInAnyOrderElementsOf(types());
        assertThat(new TreeSet<>(found(AMOUNT_OF_THE_TILL, till))).isEqualTo(amounts());
    }

    @Test
    void terminalOfTheSandboxRunsEachType() {
        assertThat(found(FUNCTION_OF_THE_TERMINAL, sandbox("device/functions.js")))
                .containsExactlyInAnyOrderElementsOf(types());
    }

    @Test
    void responseRepeatsEachAmountOfTheRequest() {
        assertThat(names(schemas.at("/TransactionData/properties"))).containsAll(amounts());
    }

    private List<String> types() {
        JsonNode types = schemas.at("/TransactionParameters/properties/TransactionType/enum");
        return StreamSupport.stream(types.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private Set<String> amounts() {
        Set<String> amounts = names(schemas.at("/TransactionParameters/properties"));
        amounts.removeIf(name -> !name.startsWith("Amount"));
        return amounts;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static JsonNode schemas() {
        try {
            return YAMLMapper.builder()
                    .build()
                    .readTree(text("deploy/pos-api/src/main/resources/docs/pos-api.yaml"))
                    .at("/components/schemas");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sandbox(String file) {
        return text("deploy/local/src/main/resources/sandbox/" + file);
    }

    private static String text(String file) {
        try {
            return Files.readString(Installation.root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
