package dev.terminalcloud.connector.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.pipeline.UnacceptedConnections.Excess;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnacceptedConnectionsTest {
    private static final Optional<String> ATTACKER = Optional.of("198.51.100.1");
    private static final Optional<String> OTHER = Optional.of("198.51.100.2");

    private final UnacceptedConnections<Integer, String> connections = new UnacceptedConnections<>(5, 3);

    @Test
    void oneMoreThanAnAddressMayHaveClosesTheOldestOfThatAddress() {
        assertThat(connections.add(1, OTHER)).isEmpty();
        assertThat(connections.add(2, ATTACKER)).isEmpty();
        assertThat(connections.add(3, ATTACKER)).isEmpty();
        assertThat(connections.add(4, ATTACKER)).isEmpty();

        assertThat(connections.add(5, ATTACKER))
                .hasValue(new Excess<>(2, PreConnectCloseReason.TOO_MANY_UNACCEPTED_OF_ADDRESS));
        assertThat(connections.add(6, ATTACKER))
                .hasValue(new Excess<>(3, PreConnectCloseReason.TOO_MANY_UNACCEPTED_OF_ADDRESS));
        assertThat(connections.size()).isEqualTo(4);
    }

    @Test
    void oneMoreThanAllMayHaveClosesTheOldest() {
        for (int i = 1; i <= 5; i++) {
            assertThat(connections.add(i, Optional.of("198.51.100." + i))).isEmpty();
        }

        assertThat(connections.add(6, OTHER)).hasValue(new Excess<>(1, PreConnectCloseReason.TOO_MANY_UNACCEPTED));
        assertThat(connections.size()).isEqualTo(5);
    }

    @Test
    void addressThatStandsForUnrelatedClientsHasNoLimitOfItsOwn() {
        for (int i = 1; i <= 5; i++) {
            assertThat(connections.add(i, Optional.empty())).isEmpty();
        }

        assertThat(connections.add(6, Optional.empty()))
                .hasValue(new Excess<>(1, PreConnectCloseReason.TOO_MANY_UNACCEPTED));
    }

    @Test
    void addressThatAProxyNamesLaterCountsFromThenOn() {
        for (int i = 1; i <= 5; i++) {
            connections.add(i, Optional.empty());
        }
        assertThat(connections.identify(4, ATTACKER)).isEmpty();
        assertThat(connections.identify(3, ATTACKER)).isEmpty();
        assertThat(connections.identify(2, ATTACKER)).isEmpty();

        assertThat(connections.identify(1, ATTACKER))
                .hasValue(new Excess<>(4, PreConnectCloseReason.TOO_MANY_UNACCEPTED_OF_ADDRESS));
        assertThat(connections.size()).isEqualTo(4);
    }

    @Test
    void addressOfARemovedConnectionIsNotKept() {
        connections.add(1, Optional.empty());
        connections.remove(1);

        assertThat(connections.identify(1, ATTACKER)).isEmpty();
        assertThat(connections.size()).isZero();
    }

    @Test
    void connectionWithConnectMakesRoom() {
        connections.add(1, ATTACKER);
        connections.add(2, ATTACKER);
        connections.add(3, ATTACKER);

        connections.remove(1);
        connections.remove(1);

        assertThat(connections.add(4, ATTACKER)).isEmpty();
        connections.remove(2);
        connections.remove(3);
        connections.remove(4);
        assertThat(connections.size()).isZero();
    }
}
