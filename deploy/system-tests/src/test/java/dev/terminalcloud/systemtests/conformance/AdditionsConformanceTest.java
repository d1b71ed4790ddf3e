package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.systemtests.conformance.Waits.awaitRunning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Section 10: what a register may use beyond the original, about its transactions. */
@Conformance
class AdditionsConformanceTest {
    private static final String INVALID_PAIRING_TOKEN = "Invalid pairing token";

    private final TargetSystem cloud;

    AdditionsConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.IDEMPOTENT)
    void repetitionIsTheFirstTransaction() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            Answer first = register.start(register.purchase(NEVER_ANSWERED), "sale");
            PolledTransaction payment = PolledTransaction.of(register, first);
            awaitRunning(shop, payment);

            Answer whileBusy = register.start(register.purchase(NEVER_ANSWERED), "sale");
            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
            Answer afterTheEnd = register.start(register.purchase(NEVER_ANSWERED), "sale");

            assertThat(List.of(whileBusy, afterTheEnd)).allSatisfy(again -> {
                assertThat(again.status()).as(again.toString()).isEqualTo(200);
                assertThat(again.transactionId()).isEqualTo(first.transactionId());
            });
            assertThat(shop.ran()).containsExactly(first.transactionId());
        }
    }

    @Proves(Row.IDEMPOTENT_TWICE)
    void simultaneousStartsAreOneTransaction() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            List<CompletableFuture<Answer>> starts = IntStream.range(0, 4)
                    .mapToObj(
                            any -> CompletableFuture.supplyAsync(() -> register.start(register.purchase(500), "sale")))
                    .toList();

            UUID id = starts.get(0).join().transactionId();
            assertThat(starts).allSatisfy(start -> assertThat(start.join().transactionId())
                    .isEqualTo(id));
            PolledTransaction.of(register, starts.get(0).join()).awaitCompleted(TIMEOUT);
            assertThat(shop.ran()).containsExactly(id);
        }
    }

    @Proves(Row.IDEMPOTENT_OTHER)
    void keyOfAnotherRequestIsRejected() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            Answer first = register.start(register.purchase(500), "sale");
            PolledTransaction.of(register, first).awaitCompleted(TIMEOUT);

            assertRefused(
                    register.start(register.purchase(600), "sale"),
                    422,
                    "Idempotency-Key was used for another request");
        }
    }

    @Proves(Row.OWN_REFERENCE)
    void ownReferenceFindsTheTransaction() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            Map<String, String> parameters = register.purchase(500);
            parameters.put("POSReferenceID", "Sale & 1");
            PolledTransaction payment = PolledTransaction.start(register, parameters);
            Answer completed = payment.awaitCompleted(TIMEOUT);
            PolledTransaction other = PolledTransaction.start(register, 500);
            other.awaitCompleted(TIMEOUT);

            assertThat(completed.data("POSReferenceID")).isEqualTo("Sale & 1");
            assertThat(lists(register, Map.of("POSReferenceID", "Sale & 1"))).containsExactly(payment.id());
            assertThat(lists(register, Map.of())).containsExactly(other.id(), payment.id());
            assertThat(lists(register, Map.of("POSReferenceID", "unknown"))).isEmpty();
        }
    }

    @Proves(Row.RESULT_BY_REGISTER)
    void registerReadsTheResultByItsToken() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            Answer completed = payment.awaitCompleted(TIMEOUT);

            Answer found = looksUp(shop.register(), payment.id());

            assertThat(found.status()).as(found.toString()).isEqualTo(200);
            assertThat(found.body()).isEqualTo(completed.body());
        }
    }

    @Proves(Row.OTHER_REGISTER)
    void otherRegisterSeesNothing() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            payment.awaitCompleted(TIMEOUT);
            HttpRequest.Builder request = HttpRequest.newBuilder(shop.register().url("Transaction/" + payment.id()))
                    .header("Pairing-Token", "of another register");

            assertRefused(shop.register().send(request), 401, INVALID_PAIRING_TOKEN);
            assertRefused(looksUp(shop.register(), UUID.randomUUID()), 401, INVALID_PAIRING_TOKEN);
        }
    }

    @Proves(Row.LONG_POLL)
    void waitingPollIsAnsweredAtTheNextVersion() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            awaitRunning(shop, payment);
            Answer prompted = payment.awaitPoll(TIMEOUT, poll -> poll.data("Prompt") != null);
            URI waiting = URI.create(payment.started().pollingUrl() + "&wait=50&version=" + prompted.member("version"));
            CompletableFuture<Answer> poll =
                    CompletableFuture.supplyAsync(() -> shop.register().poll(waiting));

            shop.device().endPayment(Ending.APPROVE);

            assertThat(poll.join().isCompleted()).as(poll.join().toString()).isTrue();
        }
    }

    @Proves(Row.EVENT_STREAM)
    void streamEndsAfterTheFinalState() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            Answer stream = shop.register()
                    .send(HttpRequest.newBuilder(payment.started().pollingUrl()).header("Accept", "text/event-stream"));

            Answer completed = payment.awaitCompleted(TIMEOUT);
            assertThat(stream.contentType()).startsWith("text/event-stream");
            assertThat(stream.text())
                    .contains("event: transaction\n")
                    .endsWith("id: %s\nevent: transaction\ndata: %s\n\n"
                            .formatted(completed.member("version"), completed.text()));
        }
    }

    @Proves(Row.DELIVERY)
    void deliveryIsInEachAnswer() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            assertThat(payment.started().data("Delivery")).isEqualTo("QUEUED");
            assertThat(payment.awaitCompleted(TIMEOUT).data("Delivery")).isEqualTo("STARTED");
        }
    }

    @Proves(Row.PROMPT)
    void promptIsThatOfTheDevice() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            awaitRunning(shop, payment);

            payment.awaitPoll(TIMEOUT, poll -> poll.data("Prompt") != null);
            shop.device().endPayment(Ending.APPROVE);

            assertThat(payment.awaitCompleted(TIMEOUT).data("Prompt")).isNull();
        }
    }

    @Proves(Row.CANCEL_AT_ONCE)
    void unclaimedTransactionIsCancelledAtOnce() throws Exception {
        try (Shop shop = cloud.paired()) {
            shop.device().powerOff();
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            Answer cancelled = shop.register().cancel(payment.started());

            assertThat(cancelled.isCompleted()).as(cancelled.toString()).isTrue();
            assertThat(cancelled.data("TransactionResult")).isEqualTo("CANCELLED");
            assertThat(cancelled.data("Cancellation")).isEqualTo("DONE");
            assertThat(cancelled.data("Delivery")).isEqualTo("NOT-STARTED");
        }
    }

    @Proves(Row.CANCEL_ASKED)
    void runningTransactionIsStoppedByItsDevice() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            awaitRunning(shop, payment);

            Answer asked = shop.register().cancel(payment.started());
            Answer completed = payment.awaitCompleted(TIMEOUT);

            assertThat(asked.data("Cancellation")).isEqualTo("REQUESTED");
            assertThat(completed.data("TransactionResult")).isEqualTo("CANCELLED");
            assertThat(completed.data("Cancellation")).isEqualTo("DONE");
        }
    }

    private static List<UUID> lists(VirtualRegister register, Map<String, String> others) {
        Map<String, String> parameters = register.names();
        parameters.putAll(others);
        Answer answer = register.send(register.requests().list(parameters, register.pairingToken()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().path("transactions").findValuesAsText("transactionId").stream()
                .map(UUID::fromString)
                .toList();
    }

    private static Answer looksUp(VirtualRegister register, UUID id) {
        return register.send(register.requests().find(id.toString(), register.pairingToken()));
    }
}
