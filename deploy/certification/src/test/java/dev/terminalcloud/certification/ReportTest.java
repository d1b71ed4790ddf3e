package dev.terminalcloud.certification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.cloud.Trace;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final List<Outcome> ALL_PASSED =
            Arrays.stream(Check.values()).map(Outcome::passed).toList();

    private static Report report(List<Outcome> outcomes, int fasterBy) {
        return new Report("7000000001", Instant.EPOCH, outcomes, new Trace(), fasterBy);
    }

    @Test
    void allChecksPassedWithTheProtocolsTimesIsACertificate() {
        Report report = report(ALL_PASSED, 1);

        assertThat(report.isCertificate()).isTrue();
        assertThat(report.markdown())
                .contains("The device keeps the device protocol: " + ALL_PASSED.size() + " passed");
    }

    @Test
    void otherTimesAreNoCertificate() {
        assertThat(report(ALL_PASSED, 10).isCertificate()).isFalse();
    }

    @Test
    void someChecksAreNoCertificate() {
        assertThat(report(ALL_PASSED.subList(0, 3), 1).isCertificate()).isFalse();
    }

    @Test
    void aFailureIsNamedWithItsReason() {
        Report report = report(List.of(Outcome.failed(Check.ANSWERS_PING, "it said\n\"a | b\"")), 1);

        assertThat(report.verdict()).contains("does not keep", "0 passed, 1 failed, 0 not run");
        assertThat(report.markdown()).contains("| ANSWERS_PING | FAILED |").contains("it said \"a \\| b\"");
    }
}
