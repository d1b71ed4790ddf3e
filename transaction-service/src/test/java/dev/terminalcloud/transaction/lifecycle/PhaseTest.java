package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PhaseTest {
    /** The table of {@link Phase}, cell by cell. */
    private static final String TABLE =
            """
                      CLAIMED          CLAIMED_AFTER_UNPAIRING          REFUSED                REFUSED_AFTER_REPORT  FINISHED                        EXPIRED                CANCEL                 CANCEL_REFUSED                CANCEL_UNANSWERED               LOST     OVERDUE  NEVER_SEEN       RESULT_UNREADABLE    MESSAGE_UNREADABLE   OPERATOR_RESOLVED
            QUEUED    START_AND_GRANT  COMPLETE_AS_NEVER_RUN            COMPLETE_AS_NEVER_RUN  COMPARE_REFUSAL       COMPLETE_WITH_RESULT_AND_ALERT  COMPLETE_AS_NEVER_RUN  COMPLETE_AS_CANCELLED  NOTHING                       NOTHING                         NOTHING  NOTHING  NOTHING          START_AS_UNREADABLE  NOTHING              NOTHING
            STARTED   GRANT_AGAIN      REFUSE_START_AND_REQUEST_REPORT  COMPLETE_AS_NEVER_RUN  COMPARE_REFUSAL       COMPLETE_WITH_RESULT            NOTHING                ASK_DEVICE_TO_CANCEL   END_CANCELLATION_AS_TOO_LATE  END_CANCELLATION_AS_UNANSWERED  DELAY    DELAY    DELAY_AND_ALERT  DELAY_AS_UNREADABLE  DELAY_AS_UNREADABLE  COMPLETE_AS_RESOLVED
            COMPLETED REFUSE_START     REFUSE_START                     COMPARE_REFUSAL        COMPARE_REFUSAL       COMPARE_RESULT                  NOTHING                NOTHING                NOTHING                       NOTHING                         NOTHING  NOTHING  NOTHING          NOTHING              NOTHING              NOTHING
            """;

    @ParameterizedTest
    @MethodSource("cells")
    void followsTheTable(Phase phase, Signal signal, Step step) {
        assertThat(phase.on(signal)).isEqualTo(step);
    }

    @Test
    void tableIsWhole() {
        assertThat(cells()).hasSize(Phase.values().length * Signal.values().length);
    }

    static Stream<Arguments> cells() {
        List<String[]> rows =
                TABLE.lines().map(line -> line.trim().split("\\s+")).toList();
        String[] signals = rows.get(0);
        return rows.stream().skip(1).flatMap(row -> Arrays.stream(signals)
                .map(signal -> Arguments.of(
                        Phase.valueOf(row[0]),
                        Signal.valueOf(signal),
                        Step.valueOf(row[1 + List.of(signals).indexOf(signal)]))));
    }
}
