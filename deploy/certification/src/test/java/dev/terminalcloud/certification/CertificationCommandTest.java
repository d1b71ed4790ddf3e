package dev.terminalcloud.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class CertificationCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();
    private final InputStream standardInput = System.in;

    /** The build communicates with this process through its standard input. */
    @BeforeEach
    void typeNothing() {
        System.setIn(InputStream.nullInputStream());
    }

    @AfterEach
    void restoreStandardInput() {
        System.setIn(standardInput);
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "--mqtt-port",
                "0",
                "--web-socket-port",
                "0",
                "--report",
                folder.resolve("report.md").toString()));
        return CertificationCommand.of()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void withoutADeviceNothingIsCertified() throws Exception {
        assertThat(run("--id", "70000", "--secret", "S3CRET", "--operator-timeout", "1", "--only", "ANSWERS_PING"))
                .isEqualTo(3);

        assertThat(printed.toString()).contains("70000", "S3CRET", "No device has connected and sent hello");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("Not a certificate")
                .contains("| ANSWERS_PING | not run | It answers ping with pong and the same nonce. |");
    }

    @Test
    void invalidIdIsRejected() {
        assertThat(run("--id", "12")).isEqualTo(2);
        assertThat(printed.toString()).contains("Device id must have 4 to 14 decimal digits, was 12");
    }

    @Test
    void unknownCheckIsRejected() {
        assertThat(run("--only", "FLIES")).isEqualTo(2);
        assertThat(printed.toString()).contains("FLIES");
    }

    @Test
    void invalidTimesAreRejected() {
        assertThat(run("--time-divisor", "0")).isEqualTo(2);
        assertThat(printed.toString()).contains("--time-divisor");
    }
}
