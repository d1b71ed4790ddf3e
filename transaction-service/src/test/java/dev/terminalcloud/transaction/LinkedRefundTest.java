package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.FakeDevice.declined;
import static dev.terminalcloud.transaction.FakeDevice.report;
import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.OriginalTransaction;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds of certain transactions: all of them together are never more than was paid. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class LinkedRefundTest {
    private static final String UNKNOWN =
            "OriginalTransactionId must be a transaction of this register, before its RecordExpiry";
    private static final String NOT_PAID =
            "OriginalTransactionId must be an accepted Card.Purchase, Card.PurchasePlusCash or Card.Finalise";

    /** The surcharge that a fake device adds to an approved purchase. */
    private static final long SURCHARGE = 25;

    @Inject
    TestFixtures shop;

    @Test
    void deviceGetsTheReferencesOfTheOriginal() {
        Till till = new Till();
        Map<String, String> purchase = till.register.purchase(10_000);
        purchase.put("TransactionReference", "R-1");
        Answer original = till.ends(till.register.posts(purchase), approved(10_000));

        Answer refund = till.refunds(original, 3_000);

        assertThat(refund.status()).isEqualTo(200);
        assertThat(refund.data("OriginalTransactionId"))
                .isEqualTo(original.transactionId().toString());
        assertThat(till.offerOf(refund).original())
                .isEqualTo(new OriginalTransaction(
                        original.transactionId(), "000042", "12345678", "123456", "R-1", "20260101120000"));
        Answer ended = till.ends(refund, report(TransactionResult.OK_ACCEPTED, Result.OK, 3_000L, 0L, 0L, "VISA"));
        assertThat(ended.data("OriginalTransactionId"))
                .isEqualTo(original.transactionId().toString());
        assertThat(OPERATOR.views(refund.transactionId())
                        .getJsonObject("request")
                        .getString("originalTransactionId"))
                .isEqualTo(original.transactionId().toString());
    }

    @Test
    void offerOfAnyOtherTransactionHasNoOriginal() {
        Till till = new Till();
        Answer purchase = till.register.pays(500);

        assertThat(till.offerOf(purchase).original()).isEqualTo(OriginalTransaction.NONE);
        assertThat(purchase.data("OriginalTransactionId")).isNull();
    }

    @Test
    void refundsAreNeverMoreThanWasPaid() {
        Till till = new Till();
        Answer original = till.paid(10_000);

        till.refunded(original, 6_000);
        Answer tooMuch = till.refunds(original, 4_001 + SURCHARGE);
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.error()).isEqualTo(left(4_000 + SURCHARGE));
        till.refunded(original, 4_000 + SURCHARGE);
        assertThat(till.refunds(original, 1).error()).isEqualTo(left(0));
        assertThat(shop.count("transaction where original_transaction_id = $1", Tuple.of(original.transactionId())))
                .isEqualTo(2);
    }

    /** The customer has the cash already. */
    @Test
    void cashIsNotRefunded() {
        Till till = new Till();
        Map<String, String> purchase = till.register.purchase(5_000);
        purchase.put("TransactionType", "Card.PurchasePlusCash");
        purchase.put("AmountCash", "2000");
        Answer original = till.ends(till.register.posts(purchase), approved(5_000));

        assertThat(till.refunds(original, 3_001 + SURCHARGE).error()).isEqualTo(left(3_000 + SURCHARGE));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionResult.class,
            names = {"OK_DECLINED", "OK_UNAVAILABLE", "CANCELLED", "FAILED"})
    void refundThatGaveNothingBackDoesNotCount(TransactionResult result) {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Answer refund = till.refunds(original, 10_000);

        till.ends(
                refund,
                switch (result) {
                    case CANCELLED -> report(result, Result.CANCELLED, null, null, null, null);
                    case FAILED -> report(result, Result.FAILED, null, null, null, null);
                    default -> report(result, Result.OK, null, null, null, null);
                });

        assertThat(till.refunds(original, 10_000).status()).isEqualTo(200);
    }

    @Test
    void refundThatNeverStartedDoesNotCount() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Answer refused = till.refunds(original, 10_000);
        till.device.refuses(refused.transactionId(), RefusalReason.BUSY);
        till.awaitResult(refused, "FAILED-INTERFACE");
        Answer cancelled = till.refunds(original, 10_000);
        till.register.cancels(cancelled);

        assertThat(till.refunds(original, 10_000).status()).isEqualTo(200);
    }

    @Test
    void refundThatRunsOrIsDelayedCountsUntilItsOutcomeIsKnown() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Answer refund = till.refunds(original, 8_000);
        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));
        till.device.starts(refund.transactionId());
        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));
        shop.execute("update transaction set overdue_at = now() where id = $1", Tuple.of(refund.transactionId()));
        till.awaitResult(refund, "DELAYED-TRANSACTION");
        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));

        till.device.finishes(refund.transactionId(), declined(8_000));
        till.awaitResult(refund, "OK");

        assertThat(till.refunds(original, 3_000).status()).isEqualTo(200);
    }

    /** Its device is free again, so that only the amount stops another refund. */
    @Test
    void refundThatNeedsAnOperatorCountsUntilItIsResolved() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Answer refund = till.refunds(original, 8_000);
        till.device.starts(refund.transactionId());
        till.device.hasNeverSeen(refund.transactionId());
        till.awaitResult(refund, "DELAYED-TRANSACTION");
        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));

        OPERATOR.resolves(refund.transactionId(), FakeOperator.manualOutcome("declined"));

        assertThat(till.refunds(original, 3_000).status()).isEqualTo(200);
    }

    /** The limit is the original's, not the device's. */
    @Test
    void refundOfTheReplacedDeviceCounts() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Answer stuck = till.refunds(original, 8_000);
        till.device.starts(stuck.transactionId());
        FakeDevice other = shop.device().pairedWith(till.register, 2, 1).connected();
        awaitTrue(() -> shop.count("device_session where session_id = $1", Tuple.of(other.session())) == 1);
        awaitTrue(() -> shop.count(
                        "pairing where register_id = $1 and device_id = $2", Tuple.of(till.register.id(), other.id()))
                == 1);

        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));
        Answer refund = till.refunds(original, 2_000);
        assertThat(refund.status()).isEqualTo(200);
        assertThat(refund.body().path("deviceId").asText()).isEqualTo(other.id());
    }

    /** A device that gives back more than was requested leaves less for others. */
    @Test
    void moreThanWasRequestedCountsAsReported() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        till.ends(
                till.refunds(original, 3_000),
                report(TransactionResult.OK_ACCEPTED, Result.OK, 5_000L, 0L, 0L, "VISA"));
        till.ends(till.refunds(original, 3_000), report(TransactionResult.OK_ACCEPTED, Result.OK, 1L, 0L, 0L, "VISA"));

        assertThat(till.refunds(original, 3_000).error()).isEqualTo(left(2_000 + SURCHARGE));
    }

    @Test
    void transactionOfAnotherRegisterIsUnknown() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Till other = new Till();

        assertThat(other.refunds(original, 100).error()).isEqualTo(UNKNOWN);
        assertThat(other.refunds(UUID.randomUUID().toString(), 100).error()).isEqualTo(UNKNOWN);
        assertThat(other.refunds(original, 100).status()).isEqualTo(400);
    }

    @Test
    void expiredTransactionIsUnknown() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        shop.execute(
                "update transaction set created_at = created_at - interval '180 days' where id = $1",
                Tuple.of(original.transactionId()));

        assertThat(till.refunds(original, 100).error()).isEqualTo(UNKNOWN);
    }

    @Test
    void onlyAnAcceptedCardPurchaseIsRefunded() {
        Till till = new Till();
        Answer declined = till.ends(till.register.pays(500), declined(500));
        assertThat(till.refunds(declined, 100).error()).isEqualTo(NOT_PAID);
        Answer original = till.paid(10_000);
        Answer refund = till.refunded(original, 100);
        assertThat(till.refunds(refund, 100).error()).isEqualTo(NOT_PAID);
        Map<String, String> purchase = till.register.purchase(500);
        purchase.put("TransactionType", "QR.Merchant.Purchase");
        Answer byCode = till.ends(till.register.posts(purchase), approved(500));
        assertThat(till.refunds(byCode, 100).error()).isEqualTo(NOT_PAID);

        Map<String, String> refundByCode = till.refund(byCode.transactionId().toString(), 100);
        refundByCode.put("TransactionType", "QR.Refund");
        assertThat(till.sends(refundByCode).status()).isEqualTo(200);
    }

    @Test
    void transactionThatRunsIsNotRefunded() {
        Till till = new Till();
        Answer running = till.register.pays(500);

        assertThat(till.refunds(running, 100).error())
                .isEqualTo("OriginalTransactionId must be a transaction that has ended: its outcome is not known yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1-1-1-1-1", "4711", "7ab5ac71-0000-4000-8000-00000000000g"})
    void originalThatIsNotAUuidIsRejected(String original) {
        Answer rejected = new Till().refunds(original, 100);

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.error()).isEqualTo("OriginalTransactionId must be a UUID");
    }

    @Test
    void linkedRefundAlwaysNeedsThePairingToken() {
        Till till = new Till();
        Map<String, String> refund = till.refund(UUID.randomUUID().toString(), 100);
        refund.put("TransactionType", "QR.Refund");

        assertThat(till.register.posts(refund).status()).isEqualTo(401);
        assertThat(till.register.postsWithToken(refund, "guessed").status()).isEqualTo(401);
        refund.remove("OriginalTransactionId");
        assertThat(till.register.posts(refund).status()).isEqualTo(200);
    }

    @Test
    void otherTypesIgnoreTheOriginal() {
        Till till = new Till();
        Map<String, String> purchase = till.register.purchase(500);
        purchase.put("OriginalTransactionId", "4711");

        assertThat(till.register.posts(purchase).status()).isEqualTo(200);
    }

    @Test
    void repeatedLinkedRefundIsTheFirst() {
        Till till = new Till();
        Answer original = till.paid(10_000);
        Map<String, String> refund = till.refund(original.transactionId().toString(), 10_000);

        Answer first = till.sends(refund, "refund");
        Answer again = till.sends(refund, "refund");
        refund.put("OriginalTransactionId", UUID.randomUUID().toString());
        Answer other = till.sends(refund, "refund");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.transactionId()).isEqualTo(first.transactionId());
        assertThat(other.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Card.Authorise.Increment", "Card.Authorise.Cancel"})
    void changeOfAnAuthorisationNeedsItsReference(String type) {
        Till till = new Till();
        Map<String, String> change = till.register.purchase(500);
        change.remove("AmountTotal");
        change.put("TransactionType", type);
        change.put("AmountAuth", "200");
        assertThat(till.register.posts(change).error()).isEqualTo("TransactionReference is missing");

        change.put("TransactionReference", "R-1");
        Answer started = till.register.posts(change);

        boolean isIncrement = type.endsWith("Increment");
        assertThat(started.status()).isEqualTo(200);
        assertThat(till.offerOf(started).transactionReference()).isEqualTo("R-1");
        assertThat(till.offerOf(started).amounts().amountAuthCents()).isEqualTo(isIncrement ? 200L : null);
        DeviceReport accepted = DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(TransactionResult.OK_ACCEPTED)
                .amounts(ReportedAmounts.NONE)
                .build();
        Answer ended = till.ends(started, accepted);
        assertThat(ended.data("Function")).isEqualTo(type);
        assertThat(ended.data("AmountTotal")).isEqualTo(isIncrement ? "200" : "0");
    }

    /** An authorisation whose cancellation was cancelled still stands: the register must not read it as done. */
    @Test
    void cancelledCancellationOfAnAuthorisationIsNotAccepted() {
        Till till = new Till();
        Map<String, String> release = till.register.purchase(500);
        release.put("TransactionType", "Card.Authorise.Cancel");
        release.put("TransactionReference", "R-1");
        Answer started = till.register.posts(release);

        Answer cancelled = till.register.cancels(started);

        assertThat(cancelled.data("TransactionResult")).isEqualTo("CANCELLED");
        assertThat(cancelled.data("Delivery")).isEqualTo("NOT-STARTED");
    }

    private static String left(long cents) {
        return "AmountTotal must be at most " + cents + ", which is left of the original transaction";
    }

    /** A register that is paired with a connected device. */
    private final class Till {
        private final FakeRegister register = shop.register();
        private final FakeDevice device = shop.deviceOf(register);

        Answer paid(long cents) {
            return ends(register.pays(cents), approved(cents));
        }

        Map<String, String> refund(String original, long cents) {
            Map<String, String> refund = register.purchase(cents);
            refund.put("TransactionType", "Card.Refund");
            refund.put("OriginalTransactionId", original);
            return refund;
        }

        Answer refunds(Answer original, long cents) {
            return refunds(original.transactionId().toString(), cents);
        }

        Answer refunds(String original, long cents) {
            return sends(refund(original, cents));
        }

        Answer sends(Map<String, String> start) {
            return register.postsWithToken(start, register.pairingToken().text());
        }

        Answer sends(Map<String, String> start, String key) {
            return register.sends(register.start(start)
                    .header("Idempotency-Key", key)
                    .header("Pairing-Token", register.pairingToken().text()));
        }

        /** Refunds the amount, and waits until the refund is accepted. */
        Answer refunded(Answer original, long cents) {
            return ends(
                    refunds(original, cents), report(TransactionResult.OK_ACCEPTED, Result.OK, cents, 0L, 0L, "VISA"));
        }

        Answer ends(Answer started, DeviceReport report) {
            assertThat(started.status()).as(started.toString()).isEqualTo(200);
            device.starts(started.transactionId());
            device.finishes(started.transactionId(), report);
            return register.awaitsEnd(started);
        }

        void awaitResult(Answer started, String result) {
            awaitTrue(() -> result.equals(register.polls(started).data("Result")));
        }

        OfferTransaction offerOf(Answer started) {
            return device.awaitCommand(
                    OfferTransaction.class, offer -> offer.transactionId().equals(started.transactionId()));
        }
    }
}
