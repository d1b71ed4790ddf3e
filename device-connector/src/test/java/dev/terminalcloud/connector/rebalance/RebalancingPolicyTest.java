package dev.terminalcloud.connector.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.Rebalancing;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connector with the default configuration and 300 devices; another one has none, so 100 are too many. A heartbeat comes each 5 s. */
class RebalancingPolicyTest {
    private static final int HEARTBEATS_PER_HOUR = 720;
    private static final int DEVICES = 300;

    private final RebalancingPolicy policy = new RebalancingPolicy(new DefaultRebalancing());
    private int heartbeats;
    private int epochOfOther = 1;

    private record DefaultRebalancing(int maxPerSecond, int tolerancePercent, int minTolerance, Duration delay)
            implements Rebalancing {
        DefaultRebalancing() {
            this(25, 10, 50, Duration.ofMinutes(2));
        }
    }

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
        assertThat(asked).isEqualTo(150);

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
        return Duration.ofSeconds(5L * heartbeats).toNanos();
    }
}
