package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertDelayed;
import static dev.terminalcloud.systemtests.conformance.Expected.assertSituation;
import static dev.terminalcloud.systemtests.conformance.Waits.DEADLINE;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.Acknowledged;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwiceDifferently;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage.Finished;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Order;

/** Section 5: money. */
@Conformance
@Order(2)
class OutcomeConformanceTest {
    private final TargetSystem cloud;
    private final Collection<Activity> activities = new ConcurrentLinkedQueue<>();

    OutcomeConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.FINAL)
    void secondResultChangesNothing() throws Exception {
        try (Shop shop = cloud.paired(
                builder -> builder.watcher(activities::add).misbehaviour(new AnswerTwiceDifferently(Ending.DECLINE)))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            Answer completed = payment.awaitCompleted(TIMEOUT);
            assertApproved(completed);
            // A device that is granted again repeats its result.
            await().atMost(TIMEOUT).until(() -> acknowledgedResults() >= 2);

            // It follows the second result on the same way: so the second result was handled before this is answered.
            assertApproved(PolledTransaction.start(shop.register(), 600).awaitCompleted(TIMEOUT));

            assertThat(shop.register().poll(payment.started()).body()).isEqualTo(completed.body());
        }
    }

    @Proves(Row.CERTAIN)
    void failedInterfaceNeverRuns() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.watcher(activities::add))) {
            Waits.unplug(shop, activities);
            PolledTransaction failed = PolledTransaction.start(shop.register(), 500);
            assertSituation(failed.awaitCompleted(DEADLINE), "COMPLETED", "CANCELLED", "FAILED-INTERFACE");

            shop.device().plugNetwork();
            PolledTransaction next = PolledTransaction.start(shop.register(), 600);

            assertApproved(next.awaitCompleted(DEADLINE));
            assertThat(shop.ran()).containsExactly(next.id());
            assertSituation(shop.register().poll(failed.started()), "COMPLETED", "CANCELLED", "FAILED-INTERFACE");
        }
    }

    @Proves(Row.IN_DOUBT)
    void inDoubtTheDeviceReportDecides() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.watcher(activities::add))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);
            shop.device().powerOff();
            assertDelayed(payment.awaitPoll(DEADLINE, Answer::isDelayed));

            shop.device().powerOn();

            assertSituation(payment.awaitCompleted(DEADLINE), "COMPLETED", "CANCELLED", "CANCELLED");
            assertThat(shop.ran()).containsExactly(payment.id());
        }
    }

    @Proves(Row.STAYS_DELAYED)
    void delayedStaysDelayedWhenTheDeviceIsBack() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.watcher(activities::add))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);
            Waits.unplug(shop, activities);
            assertDelayed(payment.awaitPoll(DEADLINE, Answer::isDelayed));
            long before = connections();
            shop.device().plugNetwork();
            await().atMost(DEADLINE).until(() -> connections() > before);

            await().during(Duration.ofSeconds(2))
                    .atMost(TIMEOUT)
                    .untilAsserted(() -> assertDelayed(shop.register().poll(payment.started())));

            shop.device().endPayment(Ending.APPROVE);
            assertApproved(payment.awaitCompleted(TIMEOUT));
        }
    }

    @Proves(Row.NEW_EACH_TIME)
    void eachPostIsATransaction() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            PolledTransaction first = PolledTransaction.start(register, 500);
            first.awaitCompleted(TIMEOUT);
            PolledTransaction second = PolledTransaction.start(register, 500);
            second.awaitCompleted(TIMEOUT);

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.started().body().path("merchantAccessToken"))
                    .isNotEqualTo(first.started().body().path("merchantAccessToken"));
            assertThat(shop.ran()).containsExactly(first.id(), second.id());
        }
    }

    private long acknowledgedResults() {
        return activities.stream()
                .filter(activity ->
                        activity instanceof Acknowledged acknowledged && acknowledged.message() instanceof Finished)
                .count();
    }

    private long connections() {
        return activities.stream().filter(Activity.Connected.class::isInstance).count();
    }
}
