package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.certification.pos.PosHttp.Reply;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated gateway has the other modes of the POS API, and its additions to the original. */
class GatewayAdditionsTest {
    private final GatewayRegister register = new GatewayRegister();
    private final SimulatedGateway gateway = register.gateway();
    private final String url = register.url();

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void registerFindsItsTransactions() throws Exception {
        String token = register.pair().pairingToken().orElseThrow();
        Reply started = register.start(Map.of(), "POSReferenceID", "S1");
        String query =
                "/Transaction?POSRegisterID=till-1&POSBusinessName=Caf%C3%A9&POSVendorName=Vendor&POSReferenceID=";

        JsonNode found = GatewayRegister.get(url + query + "S1", "Pairing-Token", token)
                .body()
                .path("transactions");
        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("data").path("PollingUrl").asText())
                .isEqualTo(GatewayRegister.pollingUrl(started));
        assertThat(GatewayRegister.get(url + query + "S2", "Pairing-Token", token)
                        .body()
                        .toString())
                .isEqualTo("{\"transactions\":[]}");
        assertThat(GatewayRegister.get(url + "/Transaction/" + GatewayRegister.id(started), "Pairing-Token", token)
                        .status())
                .isEqualTo(200);
        GatewayRegister.assertError(
                GatewayRegister.get(url + query + "S1", "Pairing-Token", "other"), 401, "Invalid pairing token");
        GatewayRegister.assertError(GatewayRegister.get(url + query + "S1"), 401, "Pairing-Token is missing");
    }

    @Test
    void modeOfARepeatedStartMayDiffer() throws Exception {
        register.pair();
        Map<String, String> key = Map.of("Idempotency-Key", "k1");
        Reply started = register.start(key);
        gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);

        assertThat(GatewayRegister.id(register.start(key, "TransactionMode", "")))
                .isEqualTo(GatewayRegister.id(started));
        GatewayRegister.assertError(
                register.start(key, "PosNotificationCallbackUrl", "http://pos.example/other"),
                422,
                "Idempotency-Key was used for another request");
    }

    @Test
    void linkedRefundNeedsThePairingToken() throws Exception {
        String token = register.pair().pairingToken().orElseThrow();
        String[] refund = {
            "TransactionType", "Card.Refund", "OriginalTransactionId", "6d7a3c0e-6f2b-4a57-9d1c-0b6f0c8f7c11"
        };

        GatewayRegister.assertError(register.start(Map.of(), refund), 401, "Pairing-Token is missing");
        assertThat(register.start(Map.of("Pairing-Token", token), refund)
                        .body()
                        .path("data")
                        .path("OriginalTransactionId")
                        .asText())
                .isEqualTo(refund[3]);
    }

    @Test
    void longPollWaitsForTheNextVersion() throws Exception {
        register.pair();
        Reply started = register.start(Map.of());
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return GatewayRegister.get(GatewayRegister.pollingUrl(started) + "&wait=50&version=1");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        awaitPoll();
        gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);

        assertThat(waiting.get(30, TimeUnit.SECONDS).body().path("version").asLong())
                .isEqualTo(2);
    }

    private void awaitPoll() throws InterruptedException {
        assertThat(gateway.log()
                        .await(
                                0,
                                RequestReceived.class,
                                received -> received.request().isLongPoll(),
                                Duration.ofSeconds(30)))
                .isPresent();
    }

    @Test
    void streamHasEachVersionAndEndsWithTheOutcome() throws Exception {
        register.pair();
        Reply started = register.start(Map.of());
        List<String> versions = new ArrayList<>();

        int status = PosHttp.stream(GatewayRegister.pollingUrl(started), Optional.empty(), (version, transaction) -> {
            versions.add(version);
            if (version.equals("1")) {
                gateway.writeComments();
                gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);
            }
            return true;
        });
        assertThat(status).isEqualTo(200);
        assertThat(versions).containsExactly("1", "2");
    }

    @Test
    void cancellationIsRequestedAndTooLateAfterTheEnd() throws Exception {
        register.pair();
        Reply started = register.start(Map.of());
        String cancel = GatewayRegister.pollingUrl(started).replace("?", "/cancel?");

        assertThat(cancellation(cancel)).isEqualTo("REQUESTED");
        gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);
        assertThat(cancellation(cancel)).isEqualTo("TOO-LATE");
    }

    private static String cancellation(String url) throws Exception {
        return PosHttp.send("POST", url, Map.of(), Map.of())
                .body()
                .path("data")
                .path("Cancellation")
                .asText();
    }

    @Test
    void synchronousStartIsAnsweredWithTheOutcome() throws Exception {
        register.pair();
        CompletableFuture<Reply> held = CompletableFuture.supplyAsync(() -> {
            try {
                return register.start(Map.of(), "TransactionMode", "");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(gateway.log()
                        .await(() -> gateway.log().all(TransactionStored.class).findFirst(), Duration.ofSeconds(30))
                        .map(stored -> gateway.change(stored.transactionId(), GatewayRegister.APPROVED)))
                .isPresent();
        assertThat(held.get(30, TimeUnit.SECONDS)
                        .body()
                        .path("transactionStatus")
                        .asText())
                .isEqualTo("COMPLETED");
    }

    @Test
    void deviceReportsItsLastTransaction() throws Exception {
        register.pair();
        String paid = GatewayRegister.id(register.start(Map.of()));
        gateway.change(paid, GatewayRegister.APPROVED);

        Reply asked = register.start(Map.of(), "TransactionType", "Journal.GetTransResult");
        JsonNode data =
                GatewayRegister.get(GatewayRegister.pollingUrl(asked)).body().path("data");
        assertThat(data.path("ReferenceId").asText()).isEqualTo(paid);
        assertThat(data.path("TransactionResult").asText()).isEqualTo("OK-ACCEPTED");
    }
}
