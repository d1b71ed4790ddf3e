package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.PosApi.ResponseExample;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented responses that come only after a deadline of the product. They start first, so that the other tests run meanwhile. */
@Tag("slow")
@Order(1)
@ExtendWith(OneStack.class)
class DeadlineExamplesTest {
    private final RegisterFactory registers;

    DeadlineExamplesTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answerAfterADeadlineIsAsDocumented(ResponseExample example) throws Exception {
        DeadlineRuns.all().get(example.key()).provoke(registers).assertIsLike(example);
    }

    static List<ResponseExample> examples() {
        return PosApi.COMMITTED.responseExamples().stream()
                .filter(example -> DeadlineRuns.all().containsKey(example.key()))
                .toList();
    }
}
