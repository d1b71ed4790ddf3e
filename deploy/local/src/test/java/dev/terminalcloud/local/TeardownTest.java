package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeardownTest {
    private final Teardown teardown = new Teardown();
    private final List<String> ended = new ArrayList<>();

    @Test
    void newestEndsFirstAndEachEndsOnce() {
        teardown.start(() -> "database", ended::add);
        teardown.start(() -> "service", ended::add);
        teardown.close();
        teardown.close();
        assertThat(ended).containsExactly("service", "database");
    }

    @Test
    void restEndsAlsoWhenOneCanNot() {
        teardown.start(() -> "database", ended::add);
        teardown.start(() -> "service", service -> {
            throw new IllegalStateException("stuck");
        });
        teardown.close();
        assertThat(ended).containsExactly("database");
    }

    @Test
    void nothingStartsAfterTeardownBegan() {
        teardown.close();
        assertThatThrownBy(() -> teardown.start(() -> "service", ended::add)).isInstanceOf(StackException.class);
    }

    @Test
    void resourceThatIsStillStartingIsClosedOnceStarted() {
        BackgroundStart<String> starting = BackgroundStart.begin("slow", () -> "server");
        starting.end(ended::add);
        assertThat(ended).containsExactly("server");
    }

    @Test
    void failedStartIsNotClosed() {
        BackgroundStart<String> starting = BackgroundStart.begin("broken", () -> {
            throw new IllegalStateException("no disk");
        });
        starting.end(ended::add);
        assertThat(ended).isEmpty();
        StartupWait wait = StartupWait.begin("it", "", new Progress(new PrintWriter(new StringWriter())));
        assertThatThrownBy(() -> starting.started(wait, () -> ProgressSample.of("", 0)))
                .isInstanceOf(StackException.class)
                .hasMessage("Failed to start broken: no disk");
    }
}
