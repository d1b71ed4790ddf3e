package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** How far a transaction has got, and what its device shows (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DeliveryTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void deliveryIsShownFromTheFirstAnswerToTheLast() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        assertThat(started.data("Delivery")).isEqualTo("QUEUED");
        assertThat(register.polls(started).data("Delivery")).isEqualTo("QUEUED");

        device.starts(started.transactionId());
        assertThat(register.polls(started).data("Delivery")).isEqualTo("STARTED");

        device.finishes(started.transactionId(), approved(500));
        awaitResult(register, started, "OK");
        assertThat(register.polls(started).data("Delivery")).isEqualTo("STARTED");
    }

    /** Other tests share the counts, so they may grow by more than one. */
    @Test
    void timesToTheDeviceAndToTheEndAreMeasured() {
        long delivered = count("transaction.delivery");
        long answered = count("transaction.answer");
        long ended = count("transaction.duration");
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        Answer started = register.pays(500);
        device.starts(started.transactionId());
        assertThat(count("transaction.delivery")).isGreaterThan(delivered);

        device.finishes(started.transactionId(), approved(500));
        awaitResult(register, started, "OK");
        awaitTrue(() -> count("transaction.answer") > answered);
        awaitTrue(() -> count("transaction.duration") > ended);
        assertThat(metrics.get("transaction.duration").timer().takeSnapshot().histogramCounts())
                .hasSizeGreaterThan(10);
    }

    private long count(String timer) {
        return metrics.get(timer).timer().count();
    }

    @Test
    void promptIsNewVersionAndShownUntilTheEnd() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        Answer before = register.polls(started);
        assertThat(before.data("Prompt")).isNull();

        device.shows(started.transactionId(), "ENTER PIN");
        awaitTrue(() -> "ENTER PIN".equals(register.polls(started).data("Prompt")));
        assertThat(version(register.polls(started))).isEqualTo(version(before) + 1);

        device.finishes(started.transactionId(), approved(500));
        awaitResult(register, started, "OK");
        assertThat(register.polls(started).data("Prompt")).isNull();
    }

    /** The device does not follow the protocol: it shows something before it may. */
    @Test
    void messageBeforeTheClaimShowsThatTheDeviceHasIt() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        long version = version(register.polls(started));

        device.shows(started.transactionId(), "ENTER PIN");
        device.shows(started.transactionId(), "ENTER PIN");

        awaitTrue(() -> "SENT".equals(register.polls(started).data("Delivery")));
        assertThat(register.polls(started).data("Prompt")).isNull();
        assertThat(version(register.polls(started))).isEqualTo(version + 1);
    }

    @Test
    void cancelledBeforeTheClaimIsNotStarted() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer started = register.pays(500);

        assertThat(register.cancels(started).data("Delivery")).isEqualTo("NOT-STARTED");
    }

    @Test
    void expiredIsNotStarted() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        shop.letExpire(started.transactionId());

        awaitResult(register, started, "FAILED-INTERFACE");
        assertThat(register.polls(started).data("Delivery")).isEqualTo("NOT-STARTED");
    }

    @Test
    void refusedAfterTheGrantIsNotStarted() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.refuses(started.transactionId(), RefusalReason.NO_GRANT);

        awaitResult(register, started, "FAILED-INTERFACE");
        assertThat(register.polls(started).data("Delivery")).isEqualTo("NOT-STARTED");
    }

    @Test
    void cancelledOnTheDeviceIsStartedEvenWithoutAGrant() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.finishes(
                started.transactionId(),
                FakeDevice.report(TransactionResult.CANCELLED, Result.CANCELLED, null, null, null, null));

        awaitResult(register, started, "CANCELLED");
        assertThat(register.polls(started).data("Delivery")).isEqualTo("STARTED");
    }

    private static void awaitResult(FakeRegister register, Answer started, String result) {
        awaitTrue(() -> result.equals(register.polls(started).data("Result")));
    }

    private static long version(Answer answer) {
        return answer.body().path("version").asLong();
    }
}
