package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A conforming POS passes, whatever it uses of the POS API. */
@Tag("slow")
class ConformingPosTest {

    @ParameterizedTest
    @EnumSource
    void posThatKeepsTheRulesPasses(PosProfile profile) throws Exception {
        List<CheckOutcome> outcomes = CertifiedPos.outcomes(profile, PosDefect.NONE);

        assertThat(outcomes).extracting(CheckOutcome::check).containsExactlyElementsOf(EnumSet.allOf(PosCheck.class));
        assertThat(outcomes).as("%s", outcomes).allSatisfy(outcome -> assertThat(outcome.result())
                .isIn(Result.PASSED, Result.NOT_APPLICABLE));
    }
}
