package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.conformance.CallbackReceiver.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;

/** Section 9: a failed callback is repeated. */
@Conformance
@Order(1)
class CallbackRetriesConformanceTest {
    private static final Duration SLACK = Duration.ofSeconds(20);

    private final TargetSystem cloud;

    CallbackRetriesConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.RETRIES)
    void twoRetriesComeSoon() throws Exception {
        assertWaits(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    @Proves(Row.LATER_RETRIES)
    void furtherRetriesComeLater() throws Exception {
        cloud.requireSlowRows("takes 13 minutes");
        assertWaits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));
    }

    /** The last attempt is answered with 200, and no other follows at once. */
    private void assertWaits(Duration... waits) throws Exception {
        int tries = waits.length + 1;
        try (CallbackReceiver receiver = cloud.receiver(
                        (exchange, number) -> exchange.sendResponseHeaders(number < tries ? 500 : 200, -1));
                Shop shop = cloud.paired()) {
            Map<String, String> purchase = shop.register().purchase(500);
            purchase.put("PosNotificationCallbackUrl", receiver.url());
            PolledTransaction.start(shop.register(), purchase).awaitCompleted(TIMEOUT);
            await().atMost(TIMEOUT).until(() -> !receiver.calls().isEmpty());

            for (int i = 0; i < waits.length; i++) {
                int expected = i + 2;
                await().atMost(waits[i].plus(SLACK))
                        .until(() -> receiver.calls().size() == expected);
                List<Call> calls = receiver.calls();
                Duration waited = Duration.ofNanos(
                        calls.get(i + 1).nanoTime() - calls.get(i).nanoTime());
                assertThat(waited).isGreaterThanOrEqualTo(waits[i].minusMillis(100));
            }

            assertThat(receiver.calls().stream()
                            .map(call -> call.header("webhook-id"))
                            .distinct())
                    .hasSize(1);
            assertThat(receiver.calls().stream().map(Call::body).distinct()).hasSize(1);
        }
    }
}
