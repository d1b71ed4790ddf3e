package dev.terminalcloud.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void timesOfTheProcessAndOfItsExitedChildrenAreAdded() {
        String stat = "42 (postgres: a (b)) S 1 42 42 0 -1 4194560 100 200 0 0 7 3 20 12 20 0 1 0 12345 1000 200";
        assertThat(ProcessorTime.parse(stat)).isEqualTo(420);
    }

    @Test
    void exitedProcessHasUsedNothing() throws IOException {
        assertThat(ProcessorTime.millis(Long.MAX_VALUE)).isZero();
    }
}
