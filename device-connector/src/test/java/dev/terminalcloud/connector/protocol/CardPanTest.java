package dev.terminalcloud.connector.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardPanTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "1234, 1234",
        "************1234, ************1234",
        "....1234, ....1234",
        "4111111111111111, ************1111",
        "411111******1111, ************1111",
        "4111 1111 1111 1111, **** **** **** 1111",
        "12345, *2345",
        "123, ***",
        "1234********, ************",
        "411111111111111X, ***************X",
        "٤١١١١١١١٢٢٢٢, ********٢٢٢٢",
    })
    void atMostTheLastFourDigitsAreShown(String shown, String masked) {
        assertThat(CardPan.mask(shown)).isEqualTo(masked);
    }
}
