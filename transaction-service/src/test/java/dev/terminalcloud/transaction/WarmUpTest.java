package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.inbox.EventHandler;
import dev.terminalcloud.servicestart.WarmUp;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A warm-up succeeds and leaves no trace. */
@QuarkusTest
class WarmUpTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String TRACES =
            """
            select (select count(*) from device_route where device_id = 'warm-up')
                + (select count(*) from device_session where device_id = 'warm-up')
                + (select count(*) from connector where connector_index < 0)
                + (select count(*) from outbox where aggregateid = 'warm-up')
            """;

    @Inject
    @All
    List<WarmUp> warmUps;

    @Inject
    @All
    List<EventHandler<DeviceEvent>> rehearsed;

    @Inject
    Pool pool;

    @Test
    void warmUpSucceedsAndChangesNothing() {
        assertThat(warmUps)
                .extracting(warmUp -> warmUp.getClass().getSimpleName().replaceFirst("_.*", ""))
                .containsExactlyInAnyOrder("DeviceEventWarmUp", "IntakeWarmUp", "PollingWarmUp");
        assertThat(rehearsed).hasSize(1);
        for (WarmUp warmUp : warmUps) {
            warmUp.run().await().atMost(TIMEOUT);
        }

        long traces = pool.query(TRACES).executeAndAwait().iterator().next().getLong(0);
        assertThat(traces).isZero();
    }
}
