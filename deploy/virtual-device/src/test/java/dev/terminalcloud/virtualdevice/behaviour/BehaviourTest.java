package dev.terminalcloud.virtualdevice.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerLate;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.OfferBuilder;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {

    @ParameterizedTest
    @CsvSource({"0, APPROVE", "51, DECLINE", "54, CANCEL", "55, FAULT", "56, UNAVAILABLE", "1, APPROVE", "99, APPROVE"})
    void lastTwoDigitsChooseTheEnding(long digits, Ending ending) {
        assertThat(byAmount(1200 + digits)).isEqualTo(Behaviour.of(ending));
    }

    @Test
    void lastTwoDigitsChooseTheMisbehaviour() {
        assertThat(byAmount(157).misbehaviours()).containsExactly(new AnswerLate(Duration.ofSeconds(20)));
        assertThat(byAmount(158).misbehaviours())
                .containsExactly(new LoseConnection(Moment.BEFORE, TransactionStep.FINISHED, Duration.ofSeconds(10)));
        assertThat(byAmount(159).misbehaviours()).containsExactly(new NeverAnswer());
    }

    @Test
    void transactionWithoutAnAmountIsApproved() {
        Offer logon = OfferBuilder.builder()
                .transactionId(UUID.randomUUID())
                .function("Acquirer.Logon")
                .build();

        assertThat(Behaviour.byAmount(logon)).isEqualTo(Behaviour.of(Ending.APPROVE));
    }

    @Test
    void lossIsPlayedOnce() {
        LoseConnection loss = new LoseConnection(Moment.AFTER, TransactionStep.CLAIM, Duration.ZERO);
        MisbehaviourScript script =
                new MisbehaviourScript(Behaviour.of(Ending.APPROVE).with(loss));

        assertThat(script.loseConnection(Moment.BEFORE, TransactionStep.CLAIM)).isEmpty();
        assertThat(script.loseConnection(Moment.AFTER, TransactionStep.CLAIM)).contains(loss);
        assertThat(script.loseConnection(Moment.AFTER, TransactionStep.CLAIM)).isEmpty();
    }

    @Test
    void extrasAreNotNegative() {
        assertThatThrownBy(() -> new Extras(-1, 0)).hasMessageContaining("-1");
    }

    private static Behaviour byAmount(long amountTotal) {
        return Behaviour.byAmount(Offer.purchase(UUID.randomUUID(), 1, amountTotal));
    }
}
