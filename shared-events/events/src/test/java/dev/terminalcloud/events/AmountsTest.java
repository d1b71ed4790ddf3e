package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An amount that is added to a record is also passed on by name. */
class AmountsTest {
    @Test
    void eachRequestedAmountHasItsName() {
        assertThat(new RequestedAmounts(1L, 2L, 3L, 4L).byName().keySet())
                .containsExactlyElementsOf(names(RequestedAmounts.class));
        assertThat(RequestedAmounts.NAMES).isEqualTo(names(RequestedAmounts.class));
        assertThat(RequestedAmounts.ofFinal(4).byName()).containsOnlyKeys("amountFinal");
        assertThat(RequestedAmounts.NONE.byName()).isEmpty();
    }

    @Test
    void eachReportedAmountHasItsName() {
        assertThat(new ReportedAmounts(1L, 2L, 3L, 4L).byName().keySet())
                .containsExactlyElementsOf(names(ReportedAmounts.class));
        assertThat(ReportedAmounts.NAMES).isEqualTo(names(ReportedAmounts.class));
        assertThat(ReportedAmounts.NONE.byName()).isEmpty();
    }

    @Test
    void reportedAmountsAreReadByName() {
        ReportedAmounts read = ReportedAmounts.read(name -> (long) ReportedAmounts.NAMES.indexOf(name));

        assertThat(read).isEqualTo(new ReportedAmounts(0L, 1L, 2L, 3L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999_999})
    void requestedAmountIsPositive(long cents) {
        assertThat(RequestedAmounts.ofTotal(cents).requestedCents()).isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_000_000_000, Long.MAX_VALUE})
    void otherAmountsAreRefused(long cents) {
        assertThatThrownBy(() -> RequestedAmounts.ofAuth(cents))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(cents));
    }

    private static List<String> names(Class<? extends Record> amounts) {
        return Arrays.stream(amounts.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.substring(0, name.length() - "Cents".length()))
                .toList();
    }
}
