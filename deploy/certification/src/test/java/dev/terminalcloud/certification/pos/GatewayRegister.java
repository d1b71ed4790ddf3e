package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.pos.PosHttp.Reply;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A simulated gateway with a register. Its errors are compared with the document of the POS API. */
final class GatewayRegister implements AutoCloseable {
    static final String CODE = "12345678";
    static final Map<String, String> NAMES = Map.of(
            "POSRegisterID",
            "till-1",
            "POSRegisterName",
            "Till 1",
            "POSBusinessName",
            "Café",
            "POSVendorName",
            "Vendor");
    static final TransactionState APPROVED =
            TransactionState.completed(Map.of("TransactionResult", "OK-ACCEPTED", "Result", "OK"));

    private final SimulatedGateway gateway = SimulatedGateway.open("localhost", 0, Optional.empty());
    private final String url = gateway.publicUrl() + "/POS";

    @Override
    public void close() {
        gateway.close();
    }

    SimulatedGateway gateway() {
        return gateway;
    }

    String url() {
        return url;
    }

    Reply pair() throws Exception {
        gateway.showCode(CODE);
        return PosHttp.send("PUT", url + "/Pairing/" + CODE, NAMES, Map.of());
    }

    static Map<String, String> form(String... more) {
        Map<String, String> form = new HashMap<>(NAMES);
        form.putAll(Map.of("TransactionType", "Card.Purchase", "AmountTotal", "500", "TransactionMode", "ASYNC"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    Reply start(Map<String, String> headers, String... more) throws Exception {
        return PosHttp.send("POST", url + "/Transaction", form(more), headers);
    }

    static String id(Reply started) {
        return started.body().path("transactionId").asText();
    }

    static String pollingUrl(Reply started) {
        return started.body().path("data").path("PollingUrl").asText();
    }

    static Reply get(String url, String... header) throws Exception {
        return PosHttp.send("GET", url, Map.of(), header.length == 0 ? Map.of() : Map.of(header[0], header[1]));
    }

    static void assertError(Reply reply, int status, String text) throws IOException {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(text);
        assertThat(Files.readString(Path.of("../pos-api/src/main/resources/docs/pos-api.yaml"), UTF_8))
                .contains(text);
    }
}
