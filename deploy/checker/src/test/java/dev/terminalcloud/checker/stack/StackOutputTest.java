package dev.terminalcloud.checker.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackOutputTest {
    private final StackOutput output = new StackOutput();

    @Test
    void stackIsReadyWithItsAddressesAndNotWithASingleProcess() {
        List<String> before = List.of(
                "  4.1 s  Kafka ready on http://127.0.0.1:20001, process 11",
                "  5.0 s  PostgreSQL ready on port 20002",
                " 14.2 s  pairing-service ready",
                " 15.0 s  transaction-service-2 ready",
                " 16.3 s  ready",
                "  Kafka        127.0.0.1:20003");
        assertThat(before).noneMatch(output::read);

        assertThat(output.read(
                        "  PostgreSQL   postgresql://127.0.0.1:20002/postgres, user postgres without a password"))
                .isTrue();
        assertThat(output.kafka()).isEqualTo("127.0.0.1:20003");
        assertThat(output.postgres()).isEqualTo("postgresql://127.0.0.1:20002/postgres");
    }

    @Test
    void addressThatIsNotPrintedYetIsNotGiven() {
        output.read(" 14.2 s  pairing-service ready");

        assertThatThrownBy(output::kafka).isInstanceOf(IllegalStateException.class);
    }
}
