package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.PrometheusDashboards;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The dashboards, and the series that they show. */
@QuarkusTest
class DashboardsTest {
    /** Micrometer looks once a minute for metrics that a client of Kafka has added: it has done so already if other tests ran before. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Inject
    TestFixtures shop;

    @Test
    void eachSeriesOfADashboardExists() {
        StuckPurchase running = StuckPurchase.running(shop);
        running.device().finishes(running.id(), FakeDevice.approved(500));
        shop.letExpire(StuckPurchase.queued(shop).id());

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        PrometheusDashboards.selectorsWithoutSeries("transaction-service", shop.publishedMetrics()))
                .isEmpty());
    }
}
