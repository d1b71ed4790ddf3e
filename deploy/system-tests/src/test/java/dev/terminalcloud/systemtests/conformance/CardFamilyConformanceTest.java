package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.systemtests.conformance.Waits.awaitRunning;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Original;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Section 10: what a register may do with an authorisation or a purchase of its own. */
@Conformance
class CardFamilyConformanceTest {
    private static final int TILLS_THREADS = 20;

    private final TargetSystem cloud;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();

    CardFamilyConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.AUTHORISE_INCREMENT)
    void authorisationIsRaised() throws Exception {
        Map<String, String> parameters = Map.of("AmountAuth", "200", "TransactionReference", "R-1");
        VirtualRegister register = cloud.register();
        parameters.keySet().forEach(name -> {
            Map<String, String> without = register.transaction("Card.Authorise.Increment", parameters);
            without.remove(name);
            assertNames(register.start(without), name);
        });

        Answer completed = runs("Card.Authorise.Increment", parameters);

        assertApproved(completed);
        assertThat(completed.data("AmountTotal")).isEqualTo("200");
        assertThat(offers.element().amountAuth()).isEqualTo(200);
        assertThat(offers.element().transactionReference()).isEqualTo("R-1");
    }

    @Proves(Row.AUTHORISE_CANCEL)
    void authorisationIsCancelled() throws Exception {
        VirtualRegister register = cloud.register();
        assertNames(register.start(register.transaction("Card.Authorise.Cancel", Map.of())), "TransactionReference");

        Answer completed = runs("Card.Authorise.Cancel", Map.of("TransactionReference", "R-1"));

        assertApproved(completed);
        assertThat(completed.data("AmountTotal")).isEqualTo("0");
        assertThat(completed.data("Cancellation")).isNull();
        assertThat(offers.element().transactionReference()).isEqualTo("R-1");
    }

    @Proves(Row.LINKED_REFUND)
    void deviceGetsTheReferencesOfThePurchase() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(this::noteOffer))) {
            Answer purchase = PolledTransaction.start(shop.register(), 10_000).awaitCompleted(TIMEOUT);

            Answer refund = completed(shop, refunds(shop.register(), purchase, 3_000));

            assertApproved(refund);
            assertThat(refund.data("OriginalTransactionId"))
                    .isEqualTo(purchase.transactionId().toString());
            assertThat(offers)
                    .last()
                    .extracting(Offer::original)
                    .isEqualTo(new Original(
                            purchase.transactionId(),
                            purchase.data("AcquirerRef"),
                            purchase.data("TerminalRef"),
                            purchase.data("AuthId"),
                            null,
                            purchase.data("Timestamp")));
        }
    }

    /** A register that sends many refunds at once is told that its device is busy; it repeats them until each has an answer. */
    @Proves(Row.REFUND_LIMIT)
    void refundsAtTheSameTimeAreNeverMoreThanWasPaid() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer purchase = PolledTransaction.start(shop.register(), 10_000).awaitCompleted(TIMEOUT);
            ExecutorService threads = Executors.newFixedThreadPool(TILLS_THREADS);
            try {
                List<CompletableFuture<Answer>> refunds = IntStream.range(0, TILLS_THREADS)
                        .mapToObj(any -> CompletableFuture.supplyAsync(
                                () -> refundsWhenFree(shop.register(), purchase, 3_000), threads))
                        .toList();

                Map<Integer, Long> statuses =
                        refunds.stream().map(CompletableFuture::join).collect(groupingBy(Answer::status, counting()));
                assertThat(statuses).isEqualTo(Map.of(200, 3L, 400, 17L));
                assertRefused(
                        refunds(shop.register(), purchase, 3_000),
                        400,
                        "AmountTotal must be at most 1000, which is left of the original transaction");
            } finally {
                threads.shutdownNow();
            }
            assertThat(shop.ran()).hasSize(4);
        }
    }

    @Proves(Row.REFUND_DELAYED)
    void delayedRefundCountsUntilItsOutcomeIsKnown() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(CardFamilyConformanceTest::refundsUntilEnded))) {
            VirtualRegister register = shop.register();
            Answer purchase = PolledTransaction.start(register, 10_000).awaitCompleted(TIMEOUT);
            PolledTransaction stuck = PolledTransaction.of(register, refunds(register, purchase, 8_000));
            awaitRunning(shop, stuck);
            shop.device().unplugNetwork();
            stuck.awaitPoll(Waits.DEADLINE, Answer::isDelayed);

            assertRefused(
                    refunds(register, purchase, 3_000),
                    400,
                    "AmountTotal must be at most 2000, which is left of the original transaction");
            shop.device().plugNetwork();
            shop.device().endPayment(Ending.DECLINE);
            stuck.awaitCompleted(TIMEOUT);
            Answer again = refunds(register, purchase, 3_000);

            assertThat(again.status()).as(again.toString()).isEqualTo(200);
            awaitRunning(shop, PolledTransaction.of(register, again));
            shop.device().endPayment(Ending.APPROVE);
            completed(shop, again);
        }
    }

    private static Behaviour refundsUntilEnded(Offer offer) {
        return offer.function().equals("Card.Refund") ? Waits.untilEnded(offer) : Behaviour.of(Ending.APPROVE);
    }

    private Answer runs(String type, Map<String, String> parameters) throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(this::noteOffer))) {
            return PolledTransaction.start(shop.register(), shop.register().transaction(type, parameters))
                    .awaitCompleted(TIMEOUT);
        }
    }

    private static Answer completed(Shop shop, Answer started) {
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        return PolledTransaction.of(shop.register(), started).awaitCompleted(TIMEOUT);
    }

    private static Answer refundsWhenFree(VirtualRegister register, Answer purchase, long cents) {
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> refunds(register, purchase, cents), refund -> refund.status() != 429);
    }

    private static Answer refunds(VirtualRegister register, Answer purchase, long cents) {
        Map<String, String> amounts = new HashMap<>();
        amounts.put("AmountTotal", Long.toString(cents));
        amounts.put("OriginalTransactionId", purchase.transactionId().toString());
        return register.send(register.requests()
                .start(register.transaction("Card.Refund", amounts))
                .setHeader(PosRequests.PAIRING_TOKEN, register.pairingToken()));
    }

    private Behaviour noteOffer(Offer offer) {
        offers.add(offer);
        return Behaviour.of(Ending.APPROVE);
    }
}
