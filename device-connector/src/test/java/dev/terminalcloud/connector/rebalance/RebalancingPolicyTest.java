package dev.terminalcloud.connector.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.Rebalancing;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector with the default configuration and 300 devices; another one has none, so 100 are too many. A heartbeat comes each 5 s. */
class RebalancingPolicyTest {
    private static final int HEARTBEATS_PER_HOUR = 720;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int DEVICES = 300;

    private final RebalancingPolicy policy = new RebalancingPolicy(new DefaultRebalancing());
    private int heartbeats;
    private int epochOfOther = 1;

    private record DefaultRebalancing(int maxPerSecond, int tolerancePercent, int minTolerance, Duration delay)
            implements Rebalancing {
        DefaultRebalancing() {
            this(25);
        }

        DefaultRebalancing(int maxPerSecond) {
            this(maxPerSecond, 10, 50, Duration.ofMinutes(2));
        }
    }

    private record Batch(int devices, long beginNanos, long endNanos) {}

    @Test
    void nothingIsAskedForTwoMinutesAfterConnectorsHaveCome() {
        assertNothingIsAskedForTwoMinutes();

        assertThat(askedWithNextHeartbeat(DEVICES, 0)).isEqualTo(100);
    }

    @Test
    void nothingIsAskedForTwoMinutesAfterAConnectorHasGone() {
        int asked = 0;
        for (int i = 0; i <= 24; i++) {
            policy.recordHeartbeat(new ConnectorHeartbeat(2, 1, 0), now());
            asked = askedWithNextHeartbeat(DEVICES, 0);
        }
        assertThat(asked).isEqualTo(125);

        policy.recordHeartbeat(new ConnectorHeartbeat(2, 1, null), now());
        assertNothingIsAskedForTwoMinutes();

        assertThat(askedWithNextHeartbeat(DEVICES, 0)).isEqualTo(100);
    }

    @Test
    void nothingIsAskedForTwoMinutesAfterAConnectorHasRestarted() {
        assertNothingIsAskedForTwoMinutes();
        assertThat(askedWithNextHeartbeat(DEVICES, 0)).isEqualTo(100);

        epochOfOther++;
        assertNothingIsAskedForTwoMinutes();

        assertThat(askedWithNextHeartbeat(DEVICES, 0)).isEqualTo(100);
    }

    /** Heartbeats come up to 0.4 s early or late, each twentieth 3 s late; the last session of a batch ends 50 ms after its time. */
    @ParameterizedTest(name = "{0} devices a second")
    @ValueSource(ints = {1, 7, 25, 1_000})
    void paceOverManyHeartbeatsIsTheConfiguredOne(int perSecond) {
        RebalancingPolicy paced = new RebalancingPolicy(new DefaultRebalancing(perSecond));
        Random delays = new Random(perSecond);
        List<Batch> batches = new ArrayList<>();
        int own = 3 * perSecond * SECONDS_PER_HOUR;
        int other = 0;
        for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
            long now =
                    heartbeat(i) + Duration.ofMillis(delays.nextInt(-400, 400)).toNanos();
            now += i % 20 == 0 ? Duration.ofSeconds(3).toNanos() : 0;
            paced.recordHeartbeat(new ConnectorHeartbeat(1, 1, other), now);
            paced.recordHeartbeat(new ConnectorHeartbeat(0, 1, own), now);
            int asked = isBatchUnderWay(batches, now) ? 0 : paced.devicesToAsk(own, now);
            if (asked > 0) {
                Duration time = paced.batchTime(asked).plusMillis(50);
                batches.add(new Batch(asked, now, now + time.toNanos()));
            }
            own -= asked;
            other += asked;
        }

        Batch first = batches.get(0);
        double seconds = (batches.get(batches.size() - 1).beginNanos() - first.beginNanos()) / 1e9;
        int askedAfterFirst = batches.stream().skip(1).mapToInt(Batch::devices).sum();
        assertThat(first.devices()).isEqualTo(5 * perSecond);
        assertThat(seconds).isGreaterThan(SECONDS_PER_HOUR - 150.0);
        assertThat(askedAfterFirst / seconds).isBetween(0.97 * perSecond, 1.001 * perSecond);
    }

    @Test
    void nothingIsMadeUpForAfterARest() {
        assertNothingIsAskedForTwoMinutes();
        assertThat(askedWithNextHeartbeat(DEVICES, 0)).isEqualTo(100);
        for (int i = 0; i < 10; i++) {
            assertThat(askedWithNextHeartbeat(DEVICES, DEVICES)).isZero();
        }

        assertThat(askedWithNextHeartbeat(3 * DEVICES, 0)).isEqualTo(125);
    }

    private static boolean isBatchUnderWay(List<Batch> batches, long nowNanos) {
        return !batches.isEmpty() && batches.get(batches.size() - 1).endNanos() > nowNanos;
    }

    @Test
    void devicesThatComeBackAreWarnedOfOnce() {
        try (LogRecords warnings = new LogRecords("come back to this connector")) {
            for (int i = 0; i < 6 * HEARTBEATS_PER_HOUR; i++) {
                policy.recordAsked(askedWithNextHeartbeat(DEVICES, 0));
            }

            assertThat(warnings.soFar()).singleElement().asString().contains("count=300");
        }
    }

    @Test
    void devicesThatComeBackAgainAreWarnedOfAgain() {
        try (LogRecords warnings = new LogRecords("come back to this connector")) {
            for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
                policy.recordAsked(askedWithNextHeartbeat(DEVICES, 0));
            }
            for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
                assertThat(askedWithNextHeartbeat(DEVICES, DEVICES)).isZero();
            }
            for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
                policy.recordAsked(askedWithNextHeartbeat(DEVICES, 0));
            }

            assertThat(warnings.soFar()).hasSize(2);
        }
    }

    @Test
    void devicesThatGoElsewhereAreNotWarnedOf() {
        int other = 0;
        try (LogRecords warnings = new LogRecords("come back to this connector");
                LogRecords changes = new LogRecords("ore devices than the other connectors")) {
            for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
                int asked = askedWithNextHeartbeat(DEVICES - other, other);
                policy.recordAsked(asked);
                other += asked;
            }

            assertThat(warnings.soFar()).isEmpty();
            assertThat(changes.soFar())
                    .satisfiesExactly(
                            begin ->
                                    assertThat(begin).startsWith("More devices").contains("count=300"),
                            end -> assertThat(end).startsWith("No more devices").contains("count=200"));
        }
    }

    private void assertNothingIsAskedForTwoMinutes() {
        for (int i = 0; i < 24; i++) {
            assertThat(askedWithNextHeartbeat(DEVICES, 0)).isZero();
        }
    }

    private int askedWithNextHeartbeat(int own, int other) {
        long now = now();
        heartbeats++;
        policy.recordHeartbeat(new ConnectorHeartbeat(1, epochOfOther, other), now);
        policy.recordHeartbeat(new ConnectorHeartbeat(0, 1, own), now);
        return policy.devicesToAsk(own, now);
    }

    private long now() {
        return heartbeat(heartbeats);
    }

    private static long heartbeat(int number) {
        return Duration.ofSeconds(5L * number).toNanos();
    }
}
