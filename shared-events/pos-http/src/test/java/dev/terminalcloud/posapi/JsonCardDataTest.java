package dev.terminalcloud.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCardDataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"userName\":\"4111 1111 1111 1111\"}      | {\"userName\":\"**** **** **** 1111\"}",
                "{\"a\":[{\"b\":[\"4111111111111111\", 1]}]}  | {\"a\":[{\"b\":[\"************1111\",1]}]}",
                "{\"customerId\":4111111111111111}           | {\"customerId\":\"************1111\"}",
                "{\"customerId\":4111111111111111.00}        | {\"customerId\":\"**************11.00\"}",
                "{\"a\":\"\\u0034111111111111111\"}          | {\"a\":\"************1111\"}",
                "{\"4111111111111111\":true}                 | {\"************1111\":true}",
                "{\"a\":\"4111111111111111\",\"a\":null}      | {\"a\":\"************1111\",\"a\":null}",
                "{\"barcode\":\"4111111111111111\"}          | {\"barcode\":\"************1111\"}",
                "\"4111111111111111\"                        | \"************1111\"",
                "{\"price\":1.50,\"a\":\"4111111111111111\"}  | {\"price\":1.50,\"a\":\"************1111\"}",
                "{\"a\":\"4111111111111111\"                 | {\"a\":\"************1111\"",
                "4111 1111 1111 1111                         | **** **** **** 1111",
                "{} 4111 1111 1111 1111                      | {} **** **** **** 1111",
                "4111111111111111 is not JSON                | ************1111 is not JSON",
            })
    void cardDataIsMaskedAndTheRestStays(String document, String masked) {
        assertThat(JsonCardData.mask(document)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " { \"a\" : \"caf\\u00e9\" , \"a\" : 1.50e2 } ",
                "{\"lineItems\":[{\"barcode\":\"4006381333931\"}]}",
                "{\"saleId\":\"41111111-1111-1111-1111-111111111111\"}",
                "{\"quantity\":1e999999999}",
                "{\"a\":\"4111\",\"b\":\"1111\",\"c\":\"1111\",\"d\":\"1111\"}",
                "[4111,1111,1111,1111]",
                "{'a': 1}",
            })
    void documentWithoutCardDataStaysAsItIs(String document) {
        assertThat(JsonCardData.mask(document)).isSameAs(document);
    }

    @Test
    void barcodeOfATradeItemStaysThoughItPassesForACardNumber() {
        String document = "{\"barcode\":\"4006381300063\"}";

        assertThat(JsonCardData.mask("{\"skuCode\":\"4006381300063\"}")).isEqualTo("{\"skuCode\":\"*********0063\"}");
        assertThat(JsonCardData.mask(document)).isSameAs(document);
    }

    @Test
    void byteOrderMarkDoesNotMakeItText() {
        assertThat(JsonCardData.mask("\uFEFF{\"a\":4111111111111111}")).isEqualTo("{\"a\":\"************1111\"}");
    }
}
