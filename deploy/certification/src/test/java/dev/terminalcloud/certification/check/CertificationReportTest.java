package dev.terminalcloud.certification.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.device.DeviceCheck;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificationReportTest {
    private static final List<CheckOutcome> ALL_PASSED =
            Arrays.stream(DeviceCheck.values()).map(CheckOutcome::passed).toList();

    private static CertificationReport report(List<CheckOutcome> outcomes, int timeDivisor) {
        return new CertificationReport(
                "device",
                "7000000001",
                "device protocol",
                Instant.EPOCH,
                Map.of("model, firmware", "T1, 1.0"),
                outcomes,
                DeviceCheck.values().length,
                timeDivisor);
    }

    @Test
    void allChecksPassedWithTheProtocolsTimesIsACertificate() {
        CertificationReport report = report(ALL_PASSED, 1);

        assertThat(report.isCertificate()).isTrue();
        assertThat(report.markdown())
                .contains("The device conforms to the device protocol: " + ALL_PASSED.size() + " passed");
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
    void failureIsNamedWithItsReason() {
        CertificationReport report =
                report(List.of(CheckOutcome.failed(DeviceCheck.ANSWERS_PING, "it sent\n\"a | b\"")), 1);

        assertThat(report.verdict()).contains("does not conform", "0 passed, 1 failed, 0 not run");
        assertThat(report.markdown()).contains("| ANSWERS_PING | FAILED |").contains("it sent \"a \\| b\"");
    }
}
