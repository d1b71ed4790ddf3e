package dev.terminalcloud.certification.device;

import static dev.terminalcloud.certification.device.DeviceCheck.CLAIMS_BEFORE_ANYTHING_ELSE;
import static dev.terminalcloud.certification.device.DeviceCheck.HAS_ONE_RESULT;
import static dev.terminalcloud.certification.device.DeviceCheck.KEEPS_ITS_JOURNAL_AFTER_POWER_CUT;
import static dev.terminalcloud.certification.device.DeviceCheck.NEVER_REGRESSES;
import static dev.terminalcloud.certification.device.DeviceCheck.REPEATS_A_RESULT_UNTIL_IT_IS_ACKNOWLEDGED;
import static dev.terminalcloud.certification.device.DeviceCheck.REPORTS_A_FINISHED_TRANSACTION;
import static dev.terminalcloud.certification.device.DeviceCheck.REPORTS_A_FINISHED_TRANSACTION_WHEN_REOFFERED;
import static dev.terminalcloud.certification.device.DeviceCheck.REPORTS_RUNNING_AFTER_POWER_CUT;
import static dev.terminalcloud.certification.device.DeviceCheck.RESUMES_CLAIMS_AFTER_POWER_CUT;
import static dev.terminalcloud.certification.device.DeviceCheck.RUNS_A_GRANTED_TRANSACTION;
import static dev.terminalcloud.certification.device.DeviceCheck.RUNS_NOTHING_WITHOUT_A_GRANT;
import static dev.terminalcloud.certification.device.DeviceCheck.RUNS_ONCE_DESPITE_DUPLICATES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerInWrongOrder;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwiceDifferently;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.ForgetJournal;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.RunWithoutGrant;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each misbehaviour of a device fails the checks for it, and no others. */
@Tag("slow")
class NonConformingDeviceTest {
    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of(
                        new RunWithoutGrant(), EnumSet.of(CLAIMS_BEFORE_ANYTHING_ELSE, RUNS_NOTHING_WITHOUT_A_GRANT)),
                Arguments.of(new AnswerTwiceDifferently(Ending.DECLINE), EnumSet.of(HAS_ONE_RESULT)),
                Arguments.of(new AnswerInWrongOrder(), EnumSet.of(NEVER_REGRESSES)),
                Arguments.of(
                        new ForgetJournal(Moment.BEFORE, TransactionStep.FINISHED),
                        EnumSet.of(
                                RUNS_ONCE_DESPITE_DUPLICATES,
                                REPORTS_A_FINISHED_TRANSACTION,
                                REPORTS_A_FINISHED_TRANSACTION_WHEN_REOFFERED,
                                REPEATS_A_RESULT_UNTIL_IT_IS_ACKNOWLEDGED,
                                NEVER_REGRESSES,
                                KEEPS_ITS_JOURNAL_AFTER_POWER_CUT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void misbehaviourFailsItsChecks(Misbehaviour misbehaviour, Set<DeviceCheck> expected) throws Exception {
        List<CheckOutcome> outcomes = CertifiedDevice.outcomes(device -> device.misbehaviour(misbehaviour));

        assertThat(CertifiedDevice.failed(outcomes)).as("%s", outcomes).isEqualTo(expected);
    }

    @Test
    void deviceThatNeverEndsAPaymentFails() throws Exception {
        List<CheckOutcome> outcomes = CertifiedDevice.outcomes(
                device -> device.behaviour(offer -> Behaviour.of(Ending.APPROVE).with(new NeverAnswer())));

        assertThat(CertifiedDevice.failed(outcomes))
                .as("%s", outcomes)
                .isEqualTo(EnumSet.of(RUNS_A_GRANTED_TRANSACTION));
    }

    @Test
    void deviceThatDeclinesWhatIsPaidFails() throws Exception {
        List<CheckOutcome> outcomes = CertifiedDevice.outcomes(
                device -> device.ending(Ending.DECLINE), EnumSet.of(RUNS_A_GRANTED_TRANSACTION));

        assertThat(outcomes)
                .containsExactly(CheckOutcome.failed(
                        RUNS_A_GRANTED_TRANSACTION,
                        "a payment that was to be approved ended as result OK, transactionResult OK-DECLINED"));
    }

    @Test
    void deviceWhoseJournalIsOnlyInItsMemoryFails() throws Exception {
        List<CheckOutcome> outcomes = CertifiedDevice.outcomesWithoutMemory();

        assertThat(CertifiedDevice.failed(outcomes))
                .as("%s", outcomes)
                .isEqualTo(EnumSet.of(
                        RESUMES_CLAIMS_AFTER_POWER_CUT,
                        REPORTS_RUNNING_AFTER_POWER_CUT,
                        KEEPS_ITS_JOURNAL_AFTER_POWER_CUT,
                        NEVER_REGRESSES));
    }
}
