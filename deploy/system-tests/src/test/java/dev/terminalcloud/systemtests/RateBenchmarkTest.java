package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code deploy/benchmark/run rate} on the stack of the tests, with too few transactions to measure a time: it shows that each of
 * them is counted, and that none is lost.
 */
@Tag("slow")
@ExtendWith(OneStack.class)
@Isolated("processes that another test kills would lose transactions")
class RateBenchmarkTest {
    private static final String JAR = "deploy/benchmark/target/benchmark-1.0.0-SNAPSHOT.jar";

    @TempDir
    private Path folder;

    /** Uses the stack, so that it runs. */
    RateBenchmarkTest(Shops shops) {
        assertThat(shops.stack()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mode=sync", "--mode=async --past-gateway"})
    void eachTransactionIsCounted(String mode) throws IOException, InterruptedException {
        Path page = folder.resolve("rate.html");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Installation.root().resolve(JAR).toString(),
                "rate",
                "--running",
                "--data=" + Installation.stackFolder(),
                "--first-device=" + LocalStack.FIRST_BENCHMARK_DEVICE,
                "--devices=" + LocalStack.BENCHMARK_DEVICES,
                "--rates=5",
                "--seconds=2",
                "--warm-up=1",
                "--rest=1",
                "--max-rate=0",
                "--page=" + page));
        command.addAll(List.of(mode.split(" ")));
        Path output = folder.resolve("output.txt");
        Process benchmark = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean hasEnded = benchmark.waitFor(TestTimeouts.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        benchmark.destroy();
        String text = Files.readString(output);
        assertThat(hasEnded).as(text).isTrue();
        assertThat(text)
                .containsPattern("\\| floor \\| 5 \\| [0-9.]+ \\| 0 \\| 0 \\|")
                .containsPattern("\\| system \\| 5 \\| [0-9.]+ \\| 0 \\| 0 \\|")
                .containsPattern("system: [0-9]+ statements for 10 transactions");
        assertThat(benchmark.exitValue()).isZero();
        assertThat(Files.readString(page)).contains("\"endedPerThousandSeconds\"");
    }
}
