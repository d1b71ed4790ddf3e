package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FinalAnswerTest {
    private static final String COLUMNS = "absent OK_ACCEPTED OK_DECLINED OK_UNAVAILABLE CANCELLED FAILED";

    /** The table of {@link FinalAnswer}, cell by cell; the first row that fits the function counts. */
    private static final String TABLE =
            """
            OK               CARD_*                    .          ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               QR_*                      .          ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               JOURNAL_GET_TRANS_RESULT  .          ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               ACQUIRER_*                ACCEPTED   ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               JOURNAL_REPRINT_RECEIPT   ACCEPTED   ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               TERMINAL_READ_CARD        ACCEPTED   ACCEPTED  DECLINED  UNAVAILABLE  .          .
            OK               TERMINAL_GET_STATUS       STATUS     STATUS    DECLINED  UNAVAILABLE  .          .
            CANCELLED        *                         CANCELLED  .         .         .            CANCELLED  .
            FAILED           *                         FAILED     .         .         .            .          FAILED
            FAILED_INTERFACE *                         .          .         .         .            .          .
            """;

    static Stream<Arguments> cells() {
        return Stream.of(TransactionFunction.values())
                .flatMap(function -> Stream.of(Result.values()).flatMap(result -> Stream.of(COLUMNS.split(" "))
                        .map(column -> Arguments.of(function, column, result, answer(function, column, result)))));
    }

    private static Optional<FinalAnswer> answer(TransactionFunction function, String column, Result result) {
        List<String> row = TABLE.lines()
                .map(line -> Arrays.asList(line.split("\\s+")))
                .filter(cells -> cells.get(0).equals(result.name()))
                .filter(cells -> function.name().matches(cells.get(1).replace("*", ".*")))
                .findFirst()
                .orElseThrow();
        String cell = row.get(2 + List.of(COLUMNS.split(" ")).indexOf(column));
        return cell.equals(".") ? Optional.empty() : Optional.of(FinalAnswer.valueOf(cell));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void followsTheTable(
            TransactionFunction function, String transactionResult, Result result, Optional<FinalAnswer> answer) {
        assertThat(FinalAnswer.of(
                        function,
                        transactionResult.equals("absent") ? null : TransactionResult.valueOf(transactionResult),
                        result))
                .isEqualTo(answer);
    }

    @Test
    void tableIsComplete() {
        assertThat(COLUMNS.split(" ")).hasSize(1 + TransactionResult.values().length);
        assertThat(cells())
                .hasSize(TransactionFunction.values().length
                        * Result.values().length
                        * (1 + TransactionResult.values().length));
    }
}
