package dev.terminalcloud.transaction.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.posapi.PosParameters;
import org.junit.jupiter.api.Test;

class AmountsTest {
    /** The parser ends a JSON document that has not ended at a parameter that it knows. */
    @Test
    void eachAmountIsAKnownParameter() {
        assertThat(Amounts.parameters()).isNotEmpty().allSatisfy(name -> {
            byte[] form = "SaleData={\"items\":[&%s=500".formatted(name).getBytes(UTF_8);

            assertThat(PosParameters.read(null, null, form).text(name)).as(name).hasValue("500");
        });
    }
}
