package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptPayloadTest {
    @Test
    void textIsKeptAsItIs() {
        String text = "{\"receipt\":\"Café 😀\r\n\t\"}";

        assertThat(KeptPayload.of(text.getBytes(UTF_8))).isEqualTo(text);
    }

    @Test
    void byteThatIsNotTextIsEscaped() {
        assertThat(KeptPayload.of("café\0!".getBytes(ISO_8859_1))).isEqualTo("caf\\xE9\\x00!");
        assertThat(KeptPayload.of(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, 'a', (byte) 0xC3}))
                .isEqualTo("\\xED\\xA0\\x80a\\xC3");
    }

    @Test
    void atMost4KibibytesAreKept() {
        assertThat(KeptPayload.of("x".repeat(60_000).getBytes(UTF_8))).hasSize(KeptPayload.MAX_BYTES);
        String emoji = KeptPayload.of("a😀".repeat(2_000).getBytes(UTF_8));
        assertThat(emoji.getBytes(UTF_8)).hasSizeBetween(KeptPayload.MAX_BYTES - 4, KeptPayload.MAX_BYTES);
        assertThat(emoji).endsWith("😀a");
        assertThat(KeptPayload.of(new byte[60_000]))
                .hasSize(KeptPayload.MAX_BYTES)
                .endsWith("\\x00");
    }

    @Test
    void cardNumberIsMaskedWhereTheTextIsCut() {
        String text = "x".repeat(KeptPayload.MAX_BYTES - 10) + "4111 1111 1111 1111";

        assertThat(KeptPayload.of(text.getBytes(UTF_8))).endsWith("x**** **** ");
    }

    @Test
    void cardNumberInAnotherEncodingIsMasked() {
        assertThat(KeptPayload.of("4111111111111111".getBytes(UTF_16BE)))
                .isEqualTo("\\x00*".repeat(12) + "\\x001".repeat(4));
    }
}
