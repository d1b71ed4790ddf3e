package dev.terminalcloud.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UseTest {
    @Test
    void differenceOfProcessorTimesIsByPart() {
        ProcessorUse before = new ProcessorUse(1000, Map.of("kafka", 10L));
        ProcessorUse after = new ProcessorUse(3000, Map.of("kafka", 25L, "gateway", 4L));
        assertThat(after.since(before)).isEqualTo(new ProcessorUse(2000, Map.of("kafka", 15L, "gateway", 4L)));
    }

    @Test
    void differenceOfStoresIsByTopic() {
        StoreUse before = new StoreUse(100, Map.of("device-events", 5L), 10, 20, 30);
        StoreUse after = new StoreUse(300, Map.of("device-events", 8L, "floor-events", 2L), 11, 22, 33);
        StoreUse use = after.since(before);
        assertThat(use).isEqualTo(new StoreUse(200, Map.of("device-events", 3L, "floor-events", 2L), 1, 2, 3));
    }

    @Test
    void useAtRestIsScaledToTheTimeOfTheTrial() {
        ProcessorUse trial = new ProcessorUse(1000, Map.of("kafka", 30L, "postgresql", 3L, "bare chain", 8L));
        ProcessorUse rest = new ProcessorUse(500, Map.of("kafka", 10L, "postgresql", 2L, "gateway", 9L));
        assertThat(trial.without(rest).millis()).isEqualTo(Map.of("kafka", 10L, "postgresql", 0L, "bare chain", 8L));
        StoreUse stored = new StoreUse(1000, Map.of("floor-events", 7L), 50, 60, 70);
        StoreUse atRest = new StoreUse(250, Map.of("connector-events", 1L), 5, 2, 10);
        assertThat(stored.without(atRest)).isEqualTo(new StoreUse(1000, Map.of("floor-events", 7L), 30, 52, 30));
    }
}
