package dev.terminalcloud.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.certification.operator.Console;
import dev.terminalcloud.certification.operator.NotRunException;
import dev.terminalcloud.certification.operator.Sight;
import dev.terminalcloud.certification.operator.Task;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final StringWriter printed = new StringWriter();

    private Console typing(String lines) {
        return new Console(new StringReader(lines), new PrintWriter(printed));
    }

    @Test
    void yesAndNoAreAnswers() throws Exception {
        Console console = typing("y\nNO\n");

        assertThat(console.sees(new Sight.NotPaired())).isTrue();
        assertThat(console.sees(new Sight.NotPaired())).isFalse();
        assertThat(printed.toString()).contains(new Sight.NotPaired().question());
    }

    @Test
    void anythingElseIsAskedAgain() throws Exception {
        assertThat(typing("perhaps\ny\n").sees(new Sight.Text("12345678"))).isTrue();
        assertThat(printed.toString()).containsSubsequence("12345678", "12345678");
    }

    @Test
    void aQuestionCanBeSkipped() {
        assertThatThrownBy(() -> typing("s\n").sees(new Sight.NotPaired()))
                .isInstanceOf(NotRunException.class)
                .hasMessageContaining("skipped");
    }

    @Test
    void whereNobodyTypesNothingIsSeen() {
        assertThatThrownBy(() -> typing("").sees(new Sight.NotPaired()))
                .isInstanceOf(NotRunException.class)
                .hasMessageContaining("nobody is there");
    }

    @Test
    void aWaitShowsItsTimeAndCanBeSkipped() throws Exception {
        Console console = typing("");
        console.asks(Task.CYCLE_POWER);
        console.waits(Duration.ofSeconds(87));
        assertThat(printed.toString()).contains(Task.CYCLE_POWER.words()).contains("87 s");

        Console impatient = typing("s\n");
        await().untilAsserted(() ->
                assertThatThrownBy(() -> impatient.waits(Duration.ofSeconds(1))).isInstanceOf(NotRunException.class));
    }
}
