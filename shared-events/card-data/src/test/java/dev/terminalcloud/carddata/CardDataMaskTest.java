package dev.terminalcloud.carddata;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CardDataMaskTest {
    @ParameterizedTest
    @CsvSource({
        "4111111111111111, ************1111",
        "4111 1111 1111 1111, **** **** **** 1111",
        "4111-1111-1111-1111, ****-****-****-1111",
        "4111.1111.1111.1111, ****.****.****.1111",
        "4111/1111/1111/1111, ****/****/****/1111",
        "4111_1111_1111_1111, ****_****_****_1111",
        "4111\u00a01111\u202f1111\u20131111, ****\u00a0****\u202f****\u20131111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1, * * * * * * * * * * * * 1 1 1 1",
        "x4111111111111111y, x************1111y",
        "x41111111-1111-1111-1111-111111111111, x********-****-1111-1111-111111111111",
        "CARD:4111111111111111., CARD:************1111.",
        "378282246310005, ***********0005",
        "3782 822463 10005, **** ****** *0005",
        "30569309025904, **********5904",
        "4222222222222, *********2222",
        "6304000000000000000, ***************0000",
        "12 4111 1111 1111 1111, 12 **** **** **** 1111",
        "4111-1111-1111-1111 12/28, ****-****-****-1111 12/28",
        "4111111111111111  5500005555555559, ************1111  ************5559",
        "\u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661,"
                + " ************\u0661\u0661\u0661\u0661",
        "\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11,"
                + " ************\uff11\uff11\uff11\uff11",
    })
    void allButTheLastFourDigitsOfACardNumberAreMasked(String text, String masked) {
        assertThat(CardDataMask.mask(text)).isEqualTo(masked);
        assertThat(CardDataMask.isNeeded(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "APPROVED 08",
                "************1111",
                "4111111111111112",
                "411111111111",
                "4111  1111  1111  1111",
                "4111a1111b1111c1111",
                "4111\n1111\n1111\n1111",
                "0000000000000000",
                "20261126101500",
                "\"authId\":\"411111\",\"acquirerRef\":\"1111111111\"",
                "7ab5ac71-0000-4000-8000-000000000002",
                "41111111-1111-1111-1111-111111111111",
                "B^C^D;=?",
                "41111111112=2612101",
                "41111111-1111-1111-1111-111111111111 41111111-1111-1111-1111-111111111111",
            })
    void otherTextIsLeftAlone(String text) {
        assertThat(CardDataMask.mask(text)).isSameAs(text);
        assertThat(CardDataMask.isNeeded(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99994111111111111111999",
                "41111111111111111226",
                "0000000000004111111111111111",
                "order-4111111111111111-41111111-1111-1111-1111-111111111111",
                "41111111-1111-1111-1111-111111111111-4111111111111111",
            })
    void cardNumberAmongOtherDigitsIsMasked(String text) {
        assertThat(CardDataMask.mask(text)).hasSameSizeAs(text).doesNotContain("411111111111111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a %B4111111111111112^DOE/JOHN^26121010000000000000? b |"
                        + " a %*****************^***/****^********************? b",
                "%b4111111111111112^MÜLLER/J^2612101?|%*****************^******/*^*******?",
                "B4111111111111112^DOE/JOHN^2612101|*****************^***/****^*******",
                "\";4111111111111112=26121010000000000?\"|\";****************=*****************?\"",
                "4111111111111112=2612101|****************=*******",
                "22224111111111111111112=2612101|2222*******************=*******",
                "411111111112=2612101|************=*******",
                ";4111111111111112=2612? ;4222222222222=2612?|;****************=****? ;*************=****?",
                "4111111111111112D26121010000000000|**********************************",
                "4111111111111112d26121010000000000|**********************************",
            })
    void trackDataIsMasked(String text, String masked) {
        assertThat(CardDataMask.mask(text)).isEqualTo(masked);
        assertThat(CardDataMask.isNeeded(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "0", "9", "4", "1 ", "12-", " ", "%", ";", "B", "^", "=", "x", "B1^", "%B1^ab^", "1=", ";1=", "é"
            })
    void costGrowsLinearlyWithTheText(String piece) {
        int kibibytes256 = 256 * 1024;
        String small = piece.repeat(kibibytes256 / 16 / piece.length());
        String large = piece.repeat(kibibytes256 / piece.length());
        List.of(small, large).forEach(CardDataMask::mask);

        long nanosOfSmall = leastNanos(small);
        long nanosOfLarge = leastNanos(large);

        assertThat(nanosOfLarge)
                .as("16 times the text, %d ns for the smaller", nanosOfSmall)
                .isLessThan(64 * nanosOfSmall + 20_000_000);
    }

    /** Returns the processor time of this thread in the fastest of five runs. */
    private static long leastNanos(String text) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            CardDataMask.mask(text);
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
        }
        return least;
    }

    @Test
    void cardNumberIsFoundAnywhereInALongText() {
        String text = "x".repeat(100_000) + "4111 1111 1111 1111" + "y".repeat(100_000);

        assertThat(CardDataMask.mask(text)).contains("x**** **** **** 1111y");
    }
}
