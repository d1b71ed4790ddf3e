package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.PosApi.ResponseExample;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented server errors, and the responses beyond a rate limit. */
@Tag("slow")
@ExtendWith(OneStack.class)
@Isolated("makes the database unavailable, and loads the machine")
class FailureExamplesTest {
    private final RegisterFactory registers;

    FailureExamplesTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answerToAFaultIsAsDocumented(ResponseExample example) throws Exception {
        FailureRuns.all().get(example.key()).provoke(registers).assertIsLike(example);
    }

    static List<ResponseExample> examples() {
        return PosApi.COMMITTED.responseExamples().stream()
                .filter(example -> FailureRuns.all().containsKey(example.key()))
                .toList();
    }
}
