package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alert of too many wrong codes, counted at all replicas. */
@QuarkusTest
class WrongCodeAlertTest {
    @Inject
    Pool pool;

    @Inject
    Database database;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private WrongCodeAlert alert;

    /** With the default threshold. */
    @BeforeEach
    void start() {
        alert = new WrongCodeAlert(pool, Configurations.of(Map.of()), metrics);
    }

    @BeforeEach
    @AfterEach
    void forget() {
        database.update("delete from wrong_code");
        database.update("update wrong_code_alert set raised_at = '-infinity'");
    }

    @Test
    void sixtyWrongCodesAMinuteRaiseNoAlert() {
        double before = alerts();
        wrongCodes(60, 1);
        wrongCodes(100, 61);

        look();

        assertThat(alerts()).isEqualTo(before);
        assertThat(metrics.get("pairing.wrong.codes.per.minute").gauge().value())
                .isEqualTo(60);
    }

    @Test
    void moreRaiseItOnceAMinute() {
        double before = alerts();
        wrongCodes(61, 1);

        look();
        look();

        assertThat(alerts()).isEqualTo(before + 1);
        database.update("update wrong_code_alert set raised_at = raised_at - interval '1 minute'");
        look();
        assertThat(alerts()).isEqualTo(before + 2);
    }

    @Test
    void onlyOneOfManyConcurrentChecksRaisesIt() {
        double before = alerts();
        wrongCodes(61, 1);

        IntStream.range(0, 8)
                .mapToObj(i -> alert.check().subscribeAsCompletionStage())
                .toList()
                .forEach(look -> look.join());

        assertThat(alerts()).isEqualTo(before + 1);
    }

    private void look() {
        alert.check().await().atMost(Duration.ofSeconds(60));
    }

    private double alerts() {
        return metrics.get("pairing.wrong.code.alerts").counter().count();
    }

    /** Adds wrong codes from as many addresses, that many seconds ago. */
    private void wrongCodes(int count, int seconds) {
        int added = database.update(
                """
                insert into wrong_code (address, vendor_name, register_id, attempted_at, replenished_at)
                select '192.0.2.' || n, 'vendor', 'register', now() - make_interval(secs => ?), now() + interval '1 minute'
                from generate_series(1, ?) n
                """,
                (double) seconds,
                count);
        assertThat(added).isEqualTo(count);
    }
}
