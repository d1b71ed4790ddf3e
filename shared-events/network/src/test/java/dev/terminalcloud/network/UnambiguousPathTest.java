package dev.terminalcloud.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnambiguousPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/POS/Pairing/12345678",
                "/POS/Transaction/",
                "/POS/Pairing/a.b",
                "/POS/Pairing/...",
                "/POS/Pairing/%41%C3%A9",
                "/POS/Pairing/a+b=c&d,e:f@g!$'()*~",
                "/POS/Pairing/ {x}|\"é"
            })
    void plainPathPasses(String path) {
        assertThat(UnambiguousPath.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "POS",
                "//",
                "//POS/Transaction",
                "/POS//Transaction",
                "/POS/Transaction//",
                "/POS/./Transaction",
                "/POS/../admin",
                "/POS/..",
                "/POS/Pairing/%2e%2e/%2E%2E/admin",
                "/POS/.%2e/admin",
                "/POS/%2E./admin",
                "/POS%2fTransaction",
                "/POS%2FTransaction",
                "/POS%5cTransaction",
                "/POS%5CTransaction",
                "/POS\\Transaction",
                "/POS\\..\\admin",
                "/POS;a=b/Transaction",
                "/POS/Transaction;jsessionid=1",
                "/POS/..;/admin",
                "/POS/Transaction/;",
                "/POS/%",
                "/POS/%4",
                "/POS/%zz",
                "/POS/a%00",
                "/POS/a%0d%0a",
                "/POS/a\tb",
                "/POS/a%7f"
            })
    void ambiguousPathDoesNotPass(String path) {
        assertThat(UnambiguousPath.isPlain(path)).isFalse();
    }

    @Test
    void longPathDoesNotPass() {
        assertThat(UnambiguousPath.isPlain("/" + "x".repeat(UnambiguousPath.MAX_LENGTH - 1)))
                .isTrue();
        assertThat(UnambiguousPath.isPlain("/" + "x".repeat(UnambiguousPath.MAX_LENGTH)))
                .isFalse();
    }

    @Test
    void requestWithoutAPathDoesNotPass() {
        assertThat(UnambiguousPath.isPlain(null)).isFalse();
    }
}
