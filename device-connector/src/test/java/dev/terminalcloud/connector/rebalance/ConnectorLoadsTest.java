package dev.terminalcloud.connector.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectorLoadsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ConnectorLoads loads = new ConnectorLoads();

    @Test
    void newestHeartbeatOfEachConnectorCounts() {
        record(0, 7, 100, 0);
        record(1, 8, 200, 1);
        record(0, 7, 90, 5);

        assertThat(loads.connections()).containsExactlyInAnyOrder(90, 200);
    }

    @Test
    void heartbeatOfAnEarlierStartIsIgnored() {
        record(0, 7, 100, 0);
        record(0, 6, 50, 1);

        assertThat(loads.connections()).containsExactly(100);
    }

    @Test
    void connectorThatAcceptsNoMoreDevicesOrIsSilentDoesNotCount() {
        record(0, 7, 100, 0);
        record(1, 8, 200, 0);
        record(2, 9, 300, 0);
        record(1, 8, null, 5);
        assertThat(loads.connections()).containsExactlyInAnyOrder(100, 300);

        record(0, 7, 100, 20);
        assertThat(loads.connections()).containsExactlyInAnyOrder(100, 300);
        record(0, 7, 100, 21);
        assertThat(loads.connections()).containsExactly(100);
    }

    @Test
    void steadyMeansThatNoConnectorHasComeOrGoneOrRestarted() {
        record(0, 7, 100, 0);
        record(1, 8, 0, 10);
        assertThat(isSteadyAt(69)).isFalse();
        assertThat(isSteadyAt(70)).isTrue();

        for (int second = 10; second <= 60; second += 10) {
            record(0, 7, 100 - second, second);
            record(1, 8, second, second);
        }
        assertThat(isSteadyAt(70)).isTrue();

        record(1, 9, 0, 65);
        assertThat(isSteadyAt(124)).isFalse();
        record(0, 7, 0, 75);
        assertThat(isSteadyAt(125)).isTrue();

        record(1, 9, null, 80);
        assertThat(isSteadyAt(139)).isFalse();
        assertThat(isSteadyAt(140)).isTrue();
    }

    @Test
    void silenceOfAnotherConnectorIsAChangeToo() {
        record(0, 7, 100, 0);
        record(1, 8, 100, 0);
        record(0, 7, 100, 60);

        assertThat(isSteadyAt(119)).isFalse();
        assertThat(isSteadyAt(120)).isTrue();
    }

    private boolean isSteadyAt(long second) {
        return loads.areSteadyFor(MINUTE, Duration.ofSeconds(second).toNanos());
    }

    private void record(int index, long epoch, Integer connections, long second) {
        loads.record(
                new ConnectorHeartbeat(index, epoch, connections),
                Duration.ofSeconds(second).toNanos());
    }
}
