package dev.terminalcloud.certification.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.certification.device.scenario.DeviceTask;
import dev.terminalcloud.certification.device.scenario.DisplayQuestion;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleOperatorTest {
    private final StringWriter printed = new StringWriter();

    private ConsoleOperator typing(String lines) {
        return new ConsoleOperator(new StringReader(lines), new PrintWriter(printed));
    }

    @Test
    void yesAndNoAreAnswers() throws Exception {
        ConsoleOperator console = typing("y\nNO\n");

        assertThat(console.confirms(new DisplayQuestion.NotPaired())).isTrue();
        assertThat(console.confirms(new DisplayQuestion.NotPaired())).isFalse();
        assertThat(printed.toString()).contains(new DisplayQuestion.NotPaired().question());
    }

    @Test
    void anythingElseIsAskedAgain() throws Exception {
        assertThat(typing("perhaps\ny\n").confirms(new DisplayQuestion.Text("12345678")))
                .isTrue();
        assertThat(printed.toString()).containsSubsequence("12345678", "12345678");
    }

    @Test
    void questionCanBeSkipped() {
        assertThatThrownBy(() -> typing("s\n").confirms(new DisplayQuestion.NotPaired()))
                .isInstanceOf(CheckNotRunException.class)
                .hasMessageContaining("Skipped");
    }

    @Test
    void withoutInputNothingIsConfirmed() {
        assertThatThrownBy(() -> typing("").confirms(new DisplayQuestion.NotPaired()))
                .isInstanceOf(CheckNotRunException.class)
                .hasMessageContaining("No input");
    }

    @Test
    void waitShowsItsTimeAndCanBeSkipped() throws Exception {
        ConsoleOperator console = typing("");
        console.perform(DeviceTask.CYCLE_POWER);
        console.awaiting(Duration.ofSeconds(87));
        assertThat(printed.toString()).contains(DeviceTask.CYCLE_POWER.words()).contains("87 s");

        ConsoleOperator consoleOperator = typing("s\n");
        await().untilAsserted(() -> assertThatThrownBy(() -> consoleOperator.awaiting(Duration.ofSeconds(1)))
                .isInstanceOf(CheckNotRunException.class));
    }
}
