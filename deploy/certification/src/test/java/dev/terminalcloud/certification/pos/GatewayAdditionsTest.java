package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated gateway has the other modes of the POS API, and its additions to the original. */
class GatewayAdditionsTest {
    private static final TransactionState DECLINED =
            TransactionState.completed(Map.of("TransactionResult", "OK-DECLINED", "Result", "OK"));
    private static final String LEFT = "AmountTotal must be at most 4000, which is left of the original transaction";
    private static final String UNKNOWN =
            "OriginalTransactionId must be a transaction of this register, before its RecordExpiry";
    private static final String NOT_PAID =
            "OriginalTransactionId must be an accepted Card.Purchase, Card.PurchasePlusCash or Card.Finalise";

    private final GatewayRegister register = new GatewayRegister();
    private final SimulatedGateway gateway = register.gateway();
    private final PosRequests requests = register.requests();

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void registerFindsItsTransactions() throws Exception {
        String token = register.pair().pairingToken().orElseThrow();
        Answer started = register.start(Map.of(), "POSReferenceID", "S1");
        Map<String, String> first =
                GatewayRegister.NAMES.without("POSRegisterName").copy();
        first.put("POSReferenceID", "S1");
        Map<String, String> second = new HashMap<>(first);
        second.put("POSReferenceID", "S2");

        JsonNode found = PosHttp.send(requests.list(first, token)).body().path("transactions");
        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("data").path("PollingUrl").asText()).isEqualTo(started.data("PollingUrl"));
        assertThat(PosHttp.send(requests.list(second, token)).body().toString()).isEqualTo("{\"transactions\":[]}");
        assertThat(PosHttp.send(requests.find(GatewayRegister.id(started), token))
                        .status())
                .isEqualTo(200);
        GatewayRegister.assertError(PosHttp.send(requests.list(first, "other")), 401, "Invalid pairing token");
        GatewayRegister.assertError(
                GatewayRegister.get(requests.url("Transaction?" + FormBody.encode(first))),
                401,
                "Pairing-Token is missing");
    }

    @Test
    void modeOfARepeatedStartMayDiffer() throws Exception {
        register.pair();
        Map<String, String> key = Map.of("Idempotency-Key", "k1");
        Answer started = register.start(key);
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
        String paid = paid("AmountTotal", "500");
        String[] refund = {"TransactionType", "Card.Refund", "OriginalTransactionId", paid.toUpperCase(Locale.ROOT)};

        GatewayRegister.assertError(register.start(Map.of(), refund), 401, "Pairing-Token is missing");
        assertThat(register.start(Map.of("Pairing-Token", token), refund)
                        .body()
                        .path("data")
                        .path("OriginalTransactionId")
                        .asText())
                .isEqualTo(paid);
    }

    @Test
    void linkedRefundsAreAtMostWhatIsLeft() throws Exception {
        Map<String, String> token =
                Map.of("Pairing-Token", register.pair().pairingToken().orElseThrow());
        String paid = paid("TransactionType", "Card.PurchasePlusCash", "AmountTotal", "12000", "AmountCash", "2000");

        Answer first = refund(token, paid, "6000");
        assertThat(first.status()).isEqualTo(200);
        GatewayRegister.assertError(refund(token, paid, "4001"), 400, LEFT);
        gateway.change(GatewayRegister.id(first), GatewayRegister.APPROVED);
        GatewayRegister.assertError(refund(token, paid, "4001"), 400, LEFT);
        Answer second = refund(token, paid, "4000");
        gateway.change(GatewayRegister.id(second), DECLINED);
        assertThat(refund(token, paid, "4000").status())
                .as("a declined refund gave nothing back")
                .isEqualTo(200);
    }

    @Test
    void linkedRefundNeedsAnAcceptedPurchaseOfThisRegister() throws Exception {
        Map<String, String> token =
                Map.of("Pairing-Token", register.pair().pairingToken().orElseThrow());
        GatewayRegister.assertError(refund(token, "4711", "1"), 400, "OriginalTransactionId must be a UUID");
        GatewayRegister.assertError(refund(token, UUID.randomUUID().toString(), "1"), 400, UNKNOWN);
        String running = GatewayRegister.id(register.start(Map.of()));
        GatewayRegister.assertError(
                refund(token, running, "1"),
                400,
                "OriginalTransactionId must be a transaction that has ended: its outcome is not known yet");
        gateway.change(running, DECLINED);
        GatewayRegister.assertError(refund(token, running, "1"), 400, NOT_PAID);
        GatewayRegister.assertError(refund(token, paid("TransactionType", "QR.Merchant.Purchase"), "1"), 400, NOT_PAID);

        String paid = paid("AmountTotal", "500");
        Map<String, String> other = register.pairAs("till-2");
        GatewayRegister.assertError(refund(other, paid, "1", "POSRegisterID", "till-2"), 400, UNKNOWN);
    }

    private String paid(String... more) throws Exception {
        String id = GatewayRegister.id(register.start(Map.of(), more));
        gateway.change(id, GatewayRegister.APPROVED);
        return id;
    }

    private Answer refund(Map<String, String> headers, String original, String amount, String... more)
            throws Exception {
        String[] refund = {"TransactionType", "Card.Refund", "OriginalTransactionId", original, "AmountTotal", amount};
        return register.start(
                headers, Stream.of(refund, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Test
    void longPollWaitsForTheNextVersion() throws Exception {
        register.pair();
        Answer started = register.start(Map.of());
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return PosHttp.send(PosRequests.longPoll(started.pollingUrl(), 1, Duration.ofSeconds(50)));
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
        Answer started = register.start(Map.of());
        List<String> versions = new ArrayList<>();

        int status = PosHttp.stream(started.pollingUrl(), Optional.empty(), (version, transaction) -> {
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
        Answer started = register.start(Map.of());

        assertThat(cancellation(started)).isEqualTo("REQUESTED");
        gateway.change(GatewayRegister.id(started), GatewayRegister.APPROVED);
        assertThat(cancellation(started)).isEqualTo("TOO-LATE");
    }

    private static String cancellation(Answer started) throws Exception {
        return PosHttp.send(PosRequests.cancel(started.pollingUrl())).data("Cancellation");
    }

    @Test
    void synchronousStartIsAnsweredWithTheOutcome() throws Exception {
        register.pair();
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> {
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

        Answer asked = register.start(Map.of(), "TransactionType", "Journal.GetTransResult");
        JsonNode data = GatewayRegister.poll(asked).body().path("data");
        assertThat(data.path("ReferenceId").asText()).isEqualTo(paid);
        assertThat(data.path("TransactionResult").asText()).isEqualTo("OK-ACCEPTED");
    }
}
