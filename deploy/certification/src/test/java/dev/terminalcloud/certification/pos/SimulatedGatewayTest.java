package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerDropped;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Drop;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Fail;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.gateway.StartReaction.Reject;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndDrop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosRequests;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated gateway responds as the POS API says. */
class SimulatedGatewayTest {
    private final GatewayRegister register = new GatewayRegister();
    private final SimulatedGateway gateway = register.gateway();
    private final PosRequests requests = register.requests();

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void pairingHasATokenAndCanBeRepeated() throws Exception {
        Answer first = register.pair();
        Answer repeated = PosHttp.send(PosRequests.form(requests.url("/pos/pairing/" + GatewayRegister.CODE + "/"))
                .PUT(BodyPublishers.ofString(FormBody.encode(GatewayRegister.NAMES.parameters()))));

        assertThat(first.body().toString()).isEqualTo("{\"result\":\"success\"}");
        assertThat(first.pairingToken()).isPresent().isEqualTo(repeated.pairingToken());
        GatewayRegister.assertError(
                PosHttp.send(requests.pair("87654321", GatewayRegister.NAMES.parameters())),
                400,
                "Invalid Pairing Code. Please make sure you entered the code correctly");
    }

    @Test
    void startIsPendingUntilTheDeviceEndsIt() throws Exception {
        register.pair();
        Answer started = register.start(Map.of());
        assertThat(started.body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(started.body().path("data").path("AmountTotal").asText()).isEqualTo("500");
        GatewayRegister.assertError(register.start(Map.of()), 429, "device is busy");

        gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);
        JsonNode polled = GatewayRegister.poll(started).body();
        assertThat(polled.path("transactionStatus").asText()).isEqualTo("COMPLETED");
        assertThat(polled.path("data").path("TransactionResult").asText()).isEqualTo("OK-ACCEPTED");
        assertThat(polled.path("version").asLong()).isEqualTo(2);
    }

    @Test
    void invalidStartsAreRejected() throws Exception {
        GatewayRegister.assertError(
                register.start(Map.of()), 400, "This register is not paired to a device, please pair it first.");
        register.pair();
        GatewayRegister.assertError(
                register.start(Map.of(), "POSBusinessName", "CAFÉ"),
                400,
                "This register is not paired to a device, please pair it first.");
        Answer incomplete = register.start(Map.of(), "POSVendorName", "", "AmountTotal", "5.00");
        assertThat(incomplete.status()).isEqualTo(400);
        assertThat(incomplete.error()).isEqualTo("POSVendorName is missing");
        assertThat(gateway.log()
                        .all(RequestReceived.class)
                        .reduce((earlier, later) -> later)
                        .orElseThrow()
                        .request()
                        .problems())
                .containsExactly(
                        "POSVendorName is missing",
                        "AmountTotal must be an integer number of cents from 1 to 999999999, digits only");
    }

    @Test
    void keyStandsForOneTransaction() throws Exception {
        register.pair();
        Map<String, String> key = Map.of("Idempotency-Key", "sale-1");
        gateway.reactToStarts(new StoreAndDrop(GatewayRegister.APPROVED));

        assertThatThrownBy(() -> register.start(key)).isInstanceOf(IOException.class);
        Answer repeated = register.start(key);
        assertThat(repeated.body().path("transactionStatus").asText()).isEqualTo("COMPLETED");
        assertThat(GatewayRegister.poll(repeated).status()).isEqualTo(200);
        assertThat(GatewayRegister.id(register.start(key))).isEqualTo(GatewayRegister.id(repeated));
        GatewayRegister.assertError(
                register.start(key, "AmountTotal", "501"), 422, "Idempotency-Key was used for another request");
    }

    @Test
    void expiredTokenIsReplacedByARepeatedStart() throws Exception {
        register.pair();
        Map<String, String> key = Map.of("Idempotency-Key", "sale-1");
        Answer started = register.start(key);
        gateway.expireToken(GatewayRegister.id(started));

        GatewayRegister.assertError(GatewayRegister.poll(started), 401, "Token expired");
        assertThat(GatewayRegister.poll(register.start(key)).status()).isEqualTo(200);
        GatewayRegister.assertError(GatewayRegister.poll(started), 401, "Invalid token");
    }

    @Test
    void orderedReactionsComeOnce() throws Exception {
        register.pair();
        gateway.reactToStarts(new Reject(503, "The service is temporarily unavailable. Nothing was started", 7));
        Answer rejected = register.start(Map.of());
        GatewayRegister.assertError(rejected, 503, "The service is temporarily unavailable. Nothing was started");
        assertThat(rejected.retryAfterSeconds()).isEqualTo(7);

        Answer started = register.start(Map.of());
        gateway.reactToPolls(new Fail(503, "The transaction is temporarily unavailable. Poll again"), new Drop());
        GatewayRegister.assertError(
                GatewayRegister.poll(started), 503, "The transaction is temporarily unavailable. Poll again");
        // The client repeats a GET whose connection was closed.
        PosHttp.stream(started.pollingUrl(), Optional.empty(), (id, event) -> false);
        assertThat(gateway.log().all(AnswerDropped.class)).hasSize(1);
        assertThat(GatewayRegister.poll(started).status()).isEqualTo(200);
    }

    @Test
    void otherPathsAreUnknown() throws Exception {
        GatewayRegister.assertError(GatewayRegister.get(requests.url("Refund")), 404, "No such path or method");
        GatewayRegister.assertError(GatewayRegister.get(requests.url("/")), 404, "No such path or method");
    }
}
