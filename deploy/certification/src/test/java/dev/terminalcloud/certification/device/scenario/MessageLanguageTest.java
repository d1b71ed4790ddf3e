package dev.terminalcloud.certification.device.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Violations are named in English whatever the language of the machine. Alone, since the language of the process belongs to all tests. */
@Isolated
class MessageLanguageTest {
    @Test
    void violationIsNamedInEnglishOnAnyMachine() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            ObjectNode message = (ObjectNode) JsonMapper.builder().build().readTree("{\"type\":\"status\"}");
            assertThat(MessageSchemas.read().violation("status", message))
                    .contains("$: required property 'status' not found");
        } finally {
            Locale.setDefault(before);
        }
    }
}
