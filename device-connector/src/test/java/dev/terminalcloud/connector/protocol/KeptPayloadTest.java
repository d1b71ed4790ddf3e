package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptPayloadTest {
    private static String kept(byte[] payload) {
        return KeptPayload.of(payload).text();
    }

    @Test
    void textIsKeptAsItIs() {
        String text = "{\"resultText\":\"Café 😀\r\n\t\"}";

        assertThat(kept(text.getBytes(UTF_8))).isEqualTo(text);
    }

    @Test
    void byteThatIsNotTextIsEscaped() {
        assertThat(kept("café\0!".getBytes(ISO_8859_1))).isEqualTo("caf\\xE9\\x00!");
        assertThat(kept(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, 'a', (byte) 0xC3}))
                .isEqualTo("\\xED\\xA0\\x80a\\xC3");
    }

    @Test
    void atMost4KibibytesAreKept() {
        assertThat(kept("x".repeat(60_000).getBytes(UTF_8))).hasSize(KeptPayload.MAX_BYTES);
        String emoji = kept("a😀".repeat(2_000).getBytes(UTF_8));
        assertThat(emoji.getBytes(UTF_8)).hasSizeBetween(KeptPayload.MAX_BYTES - 4, KeptPayload.MAX_BYTES);
        assertThat(emoji).endsWith("😀a");
        assertThat(kept(new byte[60_000])).hasSize(KeptPayload.MAX_BYTES).endsWith("\\x00");
    }

    @Test
    void cardNumberIsMaskedWhereTheTextIsCut() {
        String text = "x".repeat(KeptPayload.MAX_BYTES - 10) + "4111 1111 1111 1111";

        assertThat(kept(text.getBytes(UTF_8))).endsWith("x**** **** ");
    }

    @Test
    void cardNumberInAnotherEncodingIsMasked() {
        assertThat(kept("4111111111111111".getBytes(UTF_16BE))).isEqualTo("\\x00*".repeat(12) + "\\x001".repeat(4));
    }

    @Test
    void cardDataIsReported() {
        assertThat(KeptPayload.of("4111111111111111".getBytes(UTF_8)).masked())
                .containsExactly(TextMember.KEPT_MESSAGE);
        assertThat(KeptPayload.of("4111111111111112".getBytes(UTF_8)).masked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"receipt\":\"APPROVED\",\"result\":\"OK\"}|{\"receipt\":\"…\",\"result\":\"OK\"}",
                "{\"receipt\" : \"a \\\" b\\\\\",\"result\":\"O\"}|{\"receipt\" : \"…\",\"result\":\"O\"}",
                "{\"receipt\":\"a\",\"receipt\":\"b\"}|{\"receipt\":\"…\",\"receipt\":\"…\"}",
                "{\"receipt\":\"no end|{\"receipt\":\"…",
                "{\"receipt\":\"no end\\|{\"receipt\":\"…",
                "{\"receipt\":7}|{\"receipt\":7}",
                "{\"receipt|{\"receipt",
            })
    void receiptIsNotKept(String message, String kept) {
        assertThat(kept(message.getBytes(UTF_8))).isEqualTo(kept);
    }
}
