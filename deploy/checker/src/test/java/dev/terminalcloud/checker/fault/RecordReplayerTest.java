package dev.terminalcloud.checker.fault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReplayerTest {
    /** Port 1 has no listener. */
    @ParameterizedTest
    @ValueSource(strings = {"", "kafka.invalid:9092", "127.0.0.1:1"})
    void kafkaThatCanNotBeReadFailsTheRunWithOneLine(String bootstrapServers) {
        assertThatThrownBy(() -> RecordReplayer.of(bootstrapServers))
                .isInstanceOf(RunFailedException.class)
                .message()
                .startsWith("records can't be read to send them again: ")
                .doesNotContain("\n")
                .doesNotEndWith("null");
    }
}
