package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.FakeDevice.report;
import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that can't be used: none is lost, none is shown as final, and an operator may say at once how it ended. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class UnreadableReportTest {
    @Inject
    TestFixtures shop;

    static Stream<Arguments> unusableReports() {
        return Stream.of(
                unusable("REJECTED_MESSAGE", stuck -> rejects(stuck, "transaction-finished")),
                unusable("REJECTED_MESSAGE", stuck -> rejects(stuck, "transaction-refused")),
                unusable("UNREADABLE_MESSAGE", UnreadableReportTest::garbles),
                unusable("INVALID_RESULT", stuck -> reports(stuck, TransactionResult.OK_ACCEPTED, Result.FAILED)),
                unusable("INVALID_RESULT", stuck -> reports(stuck, TransactionResult.FAILED, Result.OK)),
                unusable("INVALID_RESULT", stuck -> reports(stuck, null, Result.OK)),
                unusable(
                        "INVALID_RESULT",
                        stuck -> reports(stuck, TransactionResult.CANCELLED, Result.FAILED_INTERFACE)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unusableReports")
    void reportIsKeptAndTheOutcomeIsOpen(String reason, Consumer<StuckPurchase> report) {
        StuckPurchase stuck = StuckPurchase.running(shop);

        report.accept(stuck);
        stuck.awaitDelay();
        stuck.device().connected();
        report.accept(stuck);
        stuck.awaitProcessed();

        assertThat(stuck.discrepancies(reason)).isEqualTo(1);
        assertThat(stuck.polled().body().path("transactionStatus").asText()).isEqualTo("PENDING");
        JsonObject view = OPERATOR.views(stuck.id());
        assertThat(view.getString("resolutionStatus")).isEqualTo("REPORT_UNREADABLE");
        assertThat(view.getJsonObject("timestamps").getString("reportUnreadableAt"))
                .isNotNull();
        assertThat(view.getJsonArray("discrepancies").getJsonObject(0).getString("reason"))
                .isEqualTo(reason);
        assertThat(stuck.register().pays(600).status())
                .as("the device may still run it")
                .isEqualTo(429);
        stuck.device().awaitCommand(ReportTransaction.class, command -> command.transactionId()
                .equals(stuck.id()));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unusableReports")
    void operatorResolvesAtOnce(String reason, Consumer<StuckPurchase> report) {
        StuckPurchase stuck = StuckPurchase.running(shop);
        report.accept(stuck);
        stuck.awaitDelay();

        assertThat(OPERATOR.resolves(stuck.id(), FakeOperator.approved(500)).status())
                .isEqualTo(200);

        assertThat(stuck.polled().data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(stuck.register().pays(600).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unusableReports")
    void betterReportStillCounts(String reason, Consumer<StuckPurchase> report) {
        StuckPurchase stuck = StuckPurchase.running(shop);
        report.accept(stuck);
        stuck.awaitDelay();

        stuck.device().finishes(stuck.id(), approved(500));

        awaitTrue(() -> "OK-ACCEPTED".equals(stuck.polled().data("TransactionResult")));
        assertThat(OPERATOR.resolves(stuck.id(), FakeOperator.approved(500)).status())
                .isEqualTo(409);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unusableReports")
    void laterRefusalProvesNothing(String reason, Consumer<StuckPurchase> report) {
        StuckPurchase stuck = StuckPurchase.running(shop);
        report.accept(stuck);
        stuck.awaitDelay();

        stuck.device().refuses(stuck.id(), RefusalReason.NO_GRANT);
        stuck.awaitProcessed();

        assertThat(stuck.discrepancies("CONTRADICTS_OUTCOME")).isEqualTo(1);
        assertThat(stuck.polled().body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(OPERATOR.views(stuck.id()).getString("resolutionStatus")).isEqualTo("REPORT_UNREADABLE");
    }

    @Test
    void rejectedProgressLeavesTheTransactionRunning() {
        StuckPurchase stuck = StuckPurchase.running(shop);

        rejects(stuck, "transaction-progress");
        awaitTrue(() -> stuck.discrepancies("REJECTED_MESSAGE") == 1);

        assertThat(OPERATOR.views(stuck.id()).getString("resolutionStatus")).isEqualTo("RUNNING");
    }

    @Test
    void unreadableResultWithoutAGrantNeverExpires() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        StuckPurchase ungranted = new StuckPurchase(shop, register, device, register.pays(500));

        rejects(ungranted, "transaction-finished");
        ungranted.awaitDelay();

        assertThat(ungranted.discrepancies("RAN_WITHOUT_GRANT")).isEqualTo(1);
        shop.letExpire(ungranted.id());
        device.finishes(ungranted.id(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(ungranted.polled().data("TransactionResult")));
    }

    @Test
    void unreadableMessageOfAnIdleDeviceIsKeptOnce() {
        FakeDevice device = shop.device().connected();

        garbles(device);
        device.connected();
        garbles(device);
        awaitProcessed(device);

        assertThat(shop.count(
                        "discrepancy where device_id = $1 and reason = 'UNREADABLE_MESSAGE' and transaction_id is null",
                        Tuple.of(device.id())))
                .isEqualTo(1);
    }

    @Test
    void unreadableMessageBeforeTheStartChangesNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);

        garbles(device);
        device.starts(started.transactionId());

        assertThat(OPERATOR.views(started.transactionId()).getString("resolutionStatus"))
                .isEqualTo("RUNNING");
    }

    @Test
    void outcomeStaysAsItIs() {
        StuckPurchase stuck = StuckPurchase.running(shop);
        stuck.device().finishes(stuck.id(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(stuck.polled().data("TransactionResult")));
        Answer first = stuck.polled();

        reports(stuck, TransactionResult.OK_ACCEPTED, Result.FAILED);
        rejects(stuck, "transaction-finished");
        garbles(stuck);
        awaitTrue(() -> stuck.discrepancies("REJECTED_MESSAGE") == 1);

        assertThat(stuck.discrepancies("INVALID_RESULT")).isEqualTo(1);
        assertThat(stuck.polled().body()).isEqualTo(first.body());
    }

    private void awaitProcessed(FakeDevice device) {
        UUID marker = UUID.randomUUID();
        device.claims(marker);
        awaitTrue(() -> shop.count("discrepancy where transaction_id = $1", Tuple.of(marker)) == 1);
    }

    private static Arguments unusable(String reason, Consumer<StuckPurchase> report) {
        return Arguments.of(reason, report);
    }

    private static void rejects(StuckPurchase stuck, String messageType) {
        FakeDevice device = stuck.device();
        device.send(new DeviceMessageRejected(
                device.id(), device.session(), stuck.id(), messageType, "result is missing", "{}"));
    }

    private static void garbles(StuckPurchase stuck) {
        garbles(stuck.device());
    }

    private static void garbles(FakeDevice device) {
        device.send(new DeviceMessageUnreadable(device.id(), device.session(), "not a JSON object", "{\"type"));
    }

    private static void reports(StuckPurchase stuck, TransactionResult transactionResult, Result result) {
        stuck.device().finishes(stuck.id(), report(transactionResult, result, 500L, null, null, "VISA"));
    }
}
