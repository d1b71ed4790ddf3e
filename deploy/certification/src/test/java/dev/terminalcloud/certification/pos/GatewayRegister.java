package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A simulated gateway with a register. Its errors are compared with the document of the POS API. */
final class GatewayRegister implements AutoCloseable {
    static final String CODE = "12345678";
    static final RegisterNames NAMES = RegisterNames.of("till-1", "Till 1", "Café", "Vendor");
    static final TransactionState APPROVED =
            TransactionState.completed(Map.of("TransactionResult", "OK-ACCEPTED", "Result", "OK"));

    private final SimulatedGateway gateway = SimulatedGateway.open("localhost", 0, Optional.empty());
    private final PosRequests requests = new PosRequests(URI.create(gateway.publicUrl()));

    @Override
    public void close() {
        gateway.close();
    }

    SimulatedGateway gateway() {
        return gateway;
    }

    PosRequests requests() {
        return requests;
    }

    Answer pair() throws Exception {
        gateway.showCode(CODE);
        return PosHttp.send(requests.pair(CODE, NAMES.parameters()));
    }

    /** Pairs another register with the device, and returns the header with its token. */
    Map<String, String> pairAs(String registerId) throws Exception {
        String code = "87654321";
        gateway.showCode(code);
        Answer paired = PosHttp.send(
                requests.pair(code, NAMES.with("POSRegisterID", registerId).parameters()));
        return Map.of("Pairing-Token", paired.pairingToken().orElseThrow());
    }

    static Map<String, String> form(String... more) {
        Map<String, String> form = NAMES.purchase(500);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    Answer start(Map<String, String> headers, String... more) throws Exception {
        HttpRequest.Builder request = requests.start(form(more));
        headers.forEach(request::header);
        return PosHttp.send(request);
    }

    static String id(Answer started) {
        return started.member("transactionId");
    }

    static Answer poll(Answer started) throws Exception {
        return PosHttp.send(PosRequests.poll(started.pollingUrl()));
    }

    static Answer get(URI url) throws Exception {
        return PosHttp.send(HttpRequest.newBuilder(url));
    }

    static void assertError(Answer reply, int status, String text) throws IOException {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(text);
        assertThat(Files.readString(Path.of("../pos-api/src/main/resources/docs/pos-api.yaml"), UTF_8))
                .contains(text);
    }
}
