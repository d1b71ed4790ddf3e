package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.PosApi.RequestExample;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request example of the document works as documented, as a form, as JSON and in the query. */
@Tag("slow")
@ExtendWith(OneStack.class)
class RequestExamplesTest {
    private final RegisterFactory registers;

    RequestExamplesTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void pairingRequestPairs(RequestExample example) throws Exception {
        try (TestRegister register = registers.create()) {
            for (Form form : Form.values()) {
                Reply reply = register.pair(form, register.withItsNames(example.parameters()), register.freshCode());

                assertThat(reply.status()).as("%s: %s", form, reply.text()).isEqualTo(200);
                reply.assertDocumented("pair");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("starts")
    void startRequestIsRunByTheDevice(RequestExample example) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            // Some functions need a previous transaction.
            Reply purchase =
                    register.ended(register.start(Form.FORM, register.parametersOf("startTransaction", "purchase")));
            for (Form form : Form.values()) {
                Map<String, String> parameters = register.withItsNames(example.parameters());
                Reply started = parameters.containsKey(TestRegister.ORIGINAL)
                        ? register.refund(form, parameters, purchase)
                        : register.start(form, parameters);

                assertThat(started.status()).as("%s: %s", form, started.text()).isEqualTo(200);
                started.assertDocumented("startTransaction");
                Reply ended = started.isCompleted() ? started : register.ended(started);
                ended.assertDocumented("pollTransaction");
                assertThat(ended.body().at("/data/Function").asText())
                        .isEqualTo(example.parameters().get("TransactionType"));
                assertThat(ended.body().at("/data/Result").asText()).isEqualTo("OK");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unpairings")
    void unpairingRequestUnpairs(RequestExample example) throws Exception {
        for (Form form : Form.values()) {
            try (TestRegister register = registers.create().paired()) {
                Reply reply = register.unpair(
                        form,
                        register.withItsNames(example.parameters()),
                        register.token().get());

                assertThat(reply.status()).as("%s: %s", form, reply.text()).isEqualTo(200);
                reply.assertDocumented("unpair");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleFitsItsSchema(RequestExample example) {
        DocumentedBody.of(PosApi.COMMITTED.requestContent(example.operation()))
                .assertFits(JsonMapper.builder().build().valueToTree(example.parameters()));
    }

    static List<RequestExample> examples() {
        return PosApi.COMMITTED.requestExamples();
    }

    static Stream<RequestExample> pairings() {
        return examples().stream().filter(example -> example.operation().equals("pair"));
    }

    static Stream<RequestExample> unpairings() {
        return examples().stream().filter(example -> example.operation().equals("unpair"));
    }

    static Stream<RequestExample> starts() {
        return examples().stream().filter(example -> example.operation().equals("startTransaction"));
    }
}
