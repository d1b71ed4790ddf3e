package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.pos.scenario.PosTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each defect of a POS fails the checks for it, and no others; and each check finds a defect. */
@Tag("slow")
class NonConformingPosTest {
    /** Longer than the POS that gives up polls. */
    private static final Duration LONG_PAYMENT = Duration.ofSeconds(15);

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void defectFailsItsChecks(PosDefect defect) throws Exception {
        PosTimes times = defect == PosDefect.GIVES_UP_POLLING
                ? CertifiedPos.TIMES.withLongPayment(LONG_PAYMENT)
                : CertifiedPos.TIMES;

        List<CheckOutcome> outcomes = CertifiedPos.outcomes(defect.profile(), defect, times);

        assertThat(CertifiedPos.with(Result.FAILED, outcomes))
                .as("%s", outcomes)
                .isEqualTo(defect.failed());
    }

    @Test
    void eachCheckFindsADefect() {
        EnumSet<PosCheck> found = EnumSet.noneOf(PosCheck.class);
        Arrays.stream(PosDefect.values()).map(PosDefect::failed).forEach(found::addAll);

        assertThat(found).isEqualTo(EnumSet.allOf(PosCheck.class));
    }
}
