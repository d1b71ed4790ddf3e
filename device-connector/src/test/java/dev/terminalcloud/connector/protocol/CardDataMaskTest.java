package dev.terminalcloud.connector.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardDataMaskTest {
    @ParameterizedTest
    @CsvSource({
        "4111111111111111, ************1111",
        "4111 1111 1111 1111, **** **** **** 1111",
        "4111-1111-1111-1111, ****-****-****-1111",
        "4111.1111.1111.1111, ****.****.****.1111",
        "x4111111111111111y, x************1111y",
        "378282246310005, ***********0005",
        "4222222222222, *********2222",
        "6304000000000000000, ***************0000",
        "12 4111 1111 1111 1111, 12 **** **** **** 1111",
        "4111-1111-1111-1111 12/28, ****-****-****-1111 12/28",
    })
    void allButTheLastFourDigitsOfACardNumberAreMasked(String text, String masked) {
        assertThat(CardDataMask.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "411111111111",
                "4111  1111  1111  1111",
                "4111a1111b1111c1111",
                "0000000000000000",
                "20261126101500",
                "\"authId\":\"411111\",\"acquirerRef\":\"1111111111\"",
                "7ab5ac71-0000-4000-8000-000000000002",
            })
    void otherDigitsAreLeftAlone(String text) {
        assertThat(CardDataMask.mask(text)).isEqualTo(text);
    }

    @Test
    void cardNumberAmongOtherDigitsIsMasked() {
        assertThat(CardDataMask.mask("99994111111111111111999")).doesNotContain("411111111111");
    }

    @Test
    void trackDataIsMasked() {
        assertThat(CardDataMask.mask("a %B4111111111111112^DOE/JOHN^26121010000000000000? b"))
                .isEqualTo("a %*****************^***/****^********************? b");
        assertThat(CardDataMask.mask("\";4111111111111112=26121010000000000?\""))
                .isEqualTo("\";****************=*****************?\"");
        assertThat(CardDataMask.mask("4111111111111112D26121010000000000"))
                .isEqualTo("**********************************");
    }
}
