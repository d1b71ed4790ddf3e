package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.PosApi.ResponseExample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each response example of the document can be provoked, and matches the actual response. */
@Tag("slow")
@Order(2)
@ExtendWith(OneStack.class)
class ResponseExamplesTest {
    private final RegisterFactory registers;

    ResponseExamplesTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answerIsAsDocumented(ResponseExample example) throws Exception {
        Run run = runs().get(example.key());
        assertThat(run).as("no run provokes '%s': add one", example.key()).isNotNull();

        run.provoke(registers).assertIsLike(example);
    }

    @Test
    void eachRunProvokesAnExample() {
        List<String> documented = PosApi.COMMITTED.responseExamples().stream()
                .map(ResponseExample::key)
                .toList();

        assertThat(documented)
                .containsAll(runs().keySet())
                .containsAll(DeadlineRuns.all().keySet())
                .containsAll(FailureRuns.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("allExamples")
    void exampleFitsItsSchema(ResponseExample example) {
        DocumentedBody.of(PosApi.content(PosApi.COMMITTED.response(example.operation(), example.status())))
                .assertFits(example.body());
    }

    static List<ResponseExample> allExamples() {
        return PosApi.COMMITTED.responseExamples();
    }

    static List<ResponseExample> examples() {
        return allExamples().stream()
                .filter(example -> !DeadlineRuns.all().containsKey(example.key()))
                .filter(example -> !FailureRuns.all().containsKey(example.key()))
                .toList();
    }

    private static Map<String, Run> runs() {
        Map<String, Run> runs = new HashMap<>();
        runs.putAll(PairRuns.all());
        runs.putAll(UnpairRuns.all());
        runs.putAll(StatusRuns.all());
        runs.putAll(StartRuns.all());
        runs.putAll(RefundRuns.all());
        runs.putAll(PollRuns.all());
        runs.putAll(CancelRuns.all());
        runs.putAll(ListRuns.all());
        runs.putAll(DeviceRuns.all());
        return runs;
    }
}
