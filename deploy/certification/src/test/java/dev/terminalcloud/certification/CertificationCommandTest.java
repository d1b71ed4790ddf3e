package dev.terminalcloud.certification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.device.DeviceCheck;
import dev.terminalcloud.certification.pos.PosCheck;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

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
        boolean pos = arguments.contains("--pos");
        arguments.addAll(pos ? List.of("--port", "0") : List.of("--mqtt-port", "0", "--web-socket-port", "0"));
        arguments.addAll(List.of("--report", folder.resolve("report.md").toString()));
        return CertificationCommand.of(options)
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

    @Test
    void withoutAPosNothingIsCertified() throws Exception {
        assertThat(run("--pos", "--operator-timeout", "1", "--only", "CANCELS,SHOWS_A_WRONG_CODE"))
                .isEqualTo(3);

        assertThat(printed.toString()).contains("/POS", "Pair the POS with the pairing code");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("Not a certificate", "| SHOWS_A_WRONG_CODE | not run |", "not done within 1 s: Pair the POS");
    }

    @Test
    void checkOfADeviceIsUnknownForAPos() {
        assertThat(run("--pos", "--only", "ANSWERS_PING")).isEqualTo(2);
        assertThat(printed.toString()).contains("ANSWERS_PING");
    }

    @Test
    void readmeHasEachOption() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        for (CommandLine command : List.of(CertificationCommand.of(), CertificationCommand.of("--pos"))) {
            assertThat(command.getCommandSpec().options().stream()
                            .filter(option -> !option.usageHelp() && !option.versionHelp())
                            .flatMap(option -> Stream.of(option.names())))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme).contains("`" + name));
        }
    }

    @Test
    void readmeNamesOnlyChecksThatExist() throws Exception {
        Set<String> checks = Stream.concat(Arrays.stream(DeviceCheck.values()), Arrays.stream(PosCheck.values()))
                .map(Enum::name)
                .collect(Collectors.toSet());
        Matcher named =
                Pattern.compile("`([A-Z]+(?:_[A-Z0-9]+)+|CANCELS)`").matcher(Files.readString(Path.of("README.md")));

        assertThat(named.results().map(name -> name.group(1)).toList())
                .hasSizeGreaterThan(20)
                .allMatch(checks::contains);
    }
}
