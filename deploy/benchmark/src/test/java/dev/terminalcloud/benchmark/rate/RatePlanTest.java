package dev.terminalcloud.benchmark.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatePlanTest {
    @Test
    void ratesAreMeasuredInIncreasingOrder() {
        assertThat(plan(100, 20, 100).rates()).containsExactly(20, 100);
    }

    @Test
    void warmUpHasNoHigherRateThanTheMeasurement() {
        assertThat(plan(5).warmUpRate()).isEqualTo(5);
        assertThat(plan(20, 400).warmUpRate()).isEqualTo(50);
    }

    @Test
    void invalidRatesAreRejected() {
        assertThatThrownBy(() -> plan(0, 5)).hasMessage("--rates must be positive, were [0, 5]");
    }

    private static RatePlan plan(Integer... rates) {
        Duration second = Duration.ofSeconds(1);
        return new RatePlan(List.of(rates), second, second, second, second, 0);
    }
}
