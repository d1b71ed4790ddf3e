package dev.terminalcloud.transaction.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** Also one that a register may leave out. */
    @Test
    void eachAmountIsReadForAFunction() {
        assertThat(Arrays.stream(TransactionFunction.values())
                        .map(AmountsTest::requestWithAllAmounts)
                        .flatMap(start -> start.request().amounts().byName().keySet().stream()))
                .containsAll(RequestedAmounts.NAMES);
    }

    /** Each amount differs from the others, and is less than the one before. */
    private static StartRequest requestWithAllAmounts(TransactionFunction function) {
        int[] cents = {900};
        String form = Amounts.parameters().map(name -> name + "=" + cents[0]--).collect(Collectors.joining("&"))
                + "&POSRegisterID=till-1&POSBusinessName=Bakery&POSVendorName=Vendor&TransactionMode=ASYNC"
                + "&TransactionReference=r&TransactionType=" + function.wireName();
        return StartRequest.of(
                PosParameters.read(null, null, form.getBytes(UTF_8)),
                new CallbackTargets(false),
                Optional.empty(),
                null);
    }
}
