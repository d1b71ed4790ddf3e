package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.PosApi.ResponseExample;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documented faults of ours, and what a register gets that sends too much. */
@ExtendWith(OneStack.class)
@Isolated("takes the database away from all tills, and the machine")
class FailureExamplesTest {
    private final RegisterFactory counter;

    FailureExamplesTest(Shops shops) {
        this.counter = new RegisterFactory(shops);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answerToAFaultIsAsDocumented(ResponseExample example) throws Exception {
        FailureRuns.all().get(example.key()).provoke(counter).assertIsLike(example);
    }

    static List<ResponseExample> examples() {
        return PosApi.COMMITTED.responseExamples().stream()
                .filter(example -> FailureRuns.all().containsKey(example.key()))
                .toList();
    }
}
