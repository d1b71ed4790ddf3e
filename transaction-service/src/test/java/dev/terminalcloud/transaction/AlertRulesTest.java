package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.PrometheusRules;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Alert rules, and the metrics that they use. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class AlertRulesTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void eachMetricOfARuleExists() throws IOException {
        String published = shop.publishedMetrics();

        Set<String> named = PrometheusRules.metricsOf("transaction-service", "services");

        assertThat(named)
                .contains("transaction_oldest_age_seconds", "transaction_unresolved", "outbox_oldest_age_seconds");
        assertThat(named).allSatisfy(metric -> assertThat(published).containsPattern("(?m)^" + metric + "[ {]"));
    }

    @Test
    void oldestOfEachStageIsMeasured() {
        StuckPurchase delayed = StuckPurchase.delayed(shop);
        double aDay = Duration.ofDays(1).toSeconds();
        shop.execute(
                "update transaction set created_at = now() - interval '1 day' where id = $1", Tuple.of(delayed.id()));

        awaitTrue(() -> age("delayed") >= aDay);

        assertThat(age("running")).isLessThan(aDay);
    }

    @Test
    void unresolvedTransactionsAreCounted() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);
        awaitTrue(() -> metrics.get("transaction.unresolved").gauge().value() >= 1);

        assertThat(stuck.discrepancies("NEVER_SEEN")).isEqualTo(1);
    }

    private double age(String stage) {
        return metrics.get("transaction.oldest.age")
                .tag("stage", stage)
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }
}
