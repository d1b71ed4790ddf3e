package dev.terminalcloud.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReminderTest {
    @Test
    void intervalDoublesUpToAMinute() {
        Reminder reminder = new Reminder();

        List<Long> said = LongStream.rangeClosed(0, 300)
                .filter(second -> reminder.isDue(Duration.ofSeconds(second)))
                .boxed()
                .toList();

        assertThat(said).containsExactly(0L, 2L, 6L, 14L, 30L, 62L, 122L, 182L, 242L);
    }
}
