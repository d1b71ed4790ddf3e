package dev.terminalcloud.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29 15:00:00.000 UTC [42] LOG:  statement: BEGIN",
                "2026-11-29 15:00:00.000 UTC [42] LOG:  execute <unnamed>: select 1",
                "2026-11-29 15:00:00.000 UTC [42] LOG:  execute 0000001: insert into outbox (id) values ($1)",
            })
    void executedStatementIsCounted(String line) {
        assertThat(StatementLog.isExecuted(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29 15:00:00.000 UTC [42] DETAIL:  Parameters: $1 = '1'",
                "2026-11-29 15:00:00.000 UTC [42] LOG:  checkpoint starting: time",
                "    where id = $1",
            })
    void otherLineIsNotCounted(String line) {
        assertThat(StatementLog.isExecuted(line)).isFalse();
    }
}
