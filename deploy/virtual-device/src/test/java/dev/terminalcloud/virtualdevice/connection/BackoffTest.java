package dev.terminalcloud.virtualdevice.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1000", "2, 2000", "5, 16000", "6, 30000", "1000000, 30000"})
    void waitsTwiceAsLongEachTimeAndARandomHalfOfIt(int failures, long max) {
        SplittableRandom random = new SplittableRandom(1);

        var delays = IntStream.range(0, 1000)
                .mapToObj(i -> backoff.delay(failures, random).toMillis())
                .collect(Collectors.toSet());

        assertThat(delays).allMatch(delay -> delay >= max / 2 && delay <= max);
        assertThat(delays).hasSizeGreaterThan(100);
    }
}
