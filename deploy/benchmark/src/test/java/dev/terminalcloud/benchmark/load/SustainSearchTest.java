package dev.terminalcloud.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SustainSearchTest {
    private static final int LIMIT = 5000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 49, 50, 51, 82, 700, 4999})
    void resultIsWithinATenthOfTheCapacity(int capacity) {
        int found = search(50, rate -> rate <= capacity).sustained();
        assertThat(found).isLessThanOrEqualTo(capacity).isGreaterThanOrEqualTo(capacity - Math.max(1, capacity / 10));
    }

    @Test
    void searchEndsAtItsLimit() {
        assertThat(search(50, rate -> true).sustained()).isEqualTo(LIMIT);
        assertThat(SustainSearch.from(50, 20).next()).hasValue(20);
    }

    @Test
    void resultIsZeroIfNothingIsSustained() {
        assertThat(search(50, rate -> false).sustained()).isZero();
    }

    @Test
    void singleFailureIsTriedAgain() {
        List<Integer> tried = new ArrayList<>();
        SustainSearch search = search(50, rate -> {
            tried.add(rate);
            return tried.size() != 2 && rate < 100;
        });
        assertThat(tried).startsWith(50, 75, 75);
        assertThat(search.sustained()).isBetween(90, 99);
    }

    private static SustainSearch search(int begin, IntPredicate sustained) {
        SustainSearch search = SustainSearch.from(begin, LIMIT);
        while (search.next().isPresent()) {
            search = search.after(sustained.test(search.next().getAsInt()));
        }
        return search;
    }
}
