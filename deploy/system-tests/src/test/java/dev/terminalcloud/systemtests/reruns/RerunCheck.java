package dev.terminalcloud.systemtests.reruns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lists the tests of this build that had to be repeated, and fails if there are many. Runs after all other tests. */
class RerunCheck {
    private static final int MAX_RERUNS = 2;

    @Test
    void fewTestsWereRepeated() throws IOException {
        Instant begin = Instant.parse(System.getProperty("terminalcloud.build.begin"));
        List<Rerun> reruns = Rerun.in(Installation.root(), begin);
        String list = reruns.stream().map(rerun -> "  " + rerun).collect(Collectors.joining("\n"));
        System.out.println("Repeated tests of this build: " + (reruns.isEmpty() ? "none" : "\n" + list));
        assertThat(reruns.size())
                .as("tests that failed and then succeeded: find the cause of each\n" + list)
                .isLessThanOrEqualTo(MAX_RERUNS);
    }
}
