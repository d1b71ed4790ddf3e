package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardDataFilterTest {
    private static final String CARD = "4111 1111 1111 1111";

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final CardDataFilter filter = new CardDataFilter(metrics);

    @ParameterizedTest
    @CsvSource({
        "POSRegisterName,       register_name",
        "Contact+Name,          contact_name",
        "Address,               address",
        "City,                  city",
        "State,                 state",
        "ZipCode,               zip_code",
        "Email,                 email",
        "Phone,                 phone",
        "TransactionReference,  transaction_reference",
        "transactionreference,  transaction_reference",
        "POSReferenceID,        reference_id",
        "Date,                  date",
        "SaleData,              sale_data",
        "AmountTotal,           other",
        "TransactionType,       other",
        "Unknown,               other",
    })
    void cardDataIsMaskedAndCounted(String parameter, String member) {
        PosParameters masked = filter.mask(parameters(parameter + "=" + CARD));

        assertThat(masked.get(parameter.replace('+', ' '))).contains("**** **** **** 1111");
        assertThat(count(member, "masked")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POSRegisterID,              register_id",
        "POSBusinessName,            business_name",
        "POSVendorName,              vendor_name",
        "PosNotificationCallbackUrl, callback_url",
    })
    void textThatDecidesWhoIsMeantIsCountedAndStays(String parameter, String member) {
        PosParameters kept = filter.mask(parameters(parameter + "=" + CARD));

        assertThat(kept.get(parameter)).contains(CARD);
        assertThat(count(member, "kept")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSRegisterID=till-1&POSRegisterName=Till 1&AmountTotal=500&Phone=+61 2 5550 1234",
                "TransactionReference=41111111-1111-1111-1111-111111111111",
                "SaleData={\"saleData\":{\"lineItems\":[{\"barcode\":\"4006381333931\"}]}}",
                ""
            })
    void parametersWithoutCardDataStayAsTheyAre(String form) {
        PosParameters parameters = parameters(form);

        assertThat(filter.mask(parameters)).isSameAs(parameters);
        assertThat(metrics.getMeters().stream().map(Meter::getId).mapToDouble(id -> metrics.get(id.getName())
                        .tags(id.getTags())
                        .counter()
                        .count()))
                .containsOnly(0.0);
    }

    @ParameterizedTest
    @EnumSource(PosText.class)
    void eachMemberHasAMetricFromTheStart(PosText text) {
        assertThat(count(text.label(), text.isKept() ? "kept" : "masked")).isZero();
    }

    @Test
    void numberInSaleDataBecomesText() {
        PosParameters masked = filter.mask(parameters("SaleData={\"saleId\":4111111111111111}"));

        assertThat(masked.get("SaleData")).contains("{\"saleId\":\"************1111\"}");
    }

    private double count(String member, String action) {
        return metrics.get("pos.card.data")
                .tags("member", member, "action", action)
                .counter()
                .count();
    }

    private static PosParameters parameters(String form) {
        return PosParameters.read(null, null, form.getBytes(UTF_8));
    }
}
