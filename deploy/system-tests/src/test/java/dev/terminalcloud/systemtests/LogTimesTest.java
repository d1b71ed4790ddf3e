package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The logs of all services can be merged: their times have a zone, and it is the same one. */
@Tag("slow")
@ExtendWith(OneStack.class)
class LogTimesTest {
    private static final Pattern RECORD = Pattern.compile(" (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +\\[");
    private static final Pattern IN_UTC = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) .*");

    /** @param running parameter that starts the stack */
    LogTimesTest(Shops running) {
        assertThat(running).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void eachRecordHasItsTimeInUtc(String service) throws IOException {
        List<String> records =
                Files.readAllLines(Installation.stackFolder().resolve("logs/" + service + ".log")).stream()
                        .filter(line -> RECORD.matcher(line).find())
                        .toList();

        assertThat(records).isNotEmpty().allMatch(line -> IN_UTC.matcher(line).matches());
    }
}
