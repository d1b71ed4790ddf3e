package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.network.ClientAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An episode by default ends after a minute without a refused takeover. */
class TakeoverAlertTest {
    private static final ClientOrigin ORIGIN = new ClientOrigin(ClientAddress.UNKNOWN, false);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private long nanos;
    private final TakeoverAlert alert =
            new TakeoverAlert(TakeoverLimiterTest.defaults().takeovers(), meters, () -> nanos);

    @Test
    void episodeIsReportedOnceHoweverManyAreRefused() {
        for (int i = 0; i < 10_000; i++) {
            alert.refused(ORIGIN, "7000000016");
        }

        assertThat(episodes()).isEqualTo(1);
    }

    @Test
    void eachDeviceHasItsOwnEpisode() {
        alert.refused(ORIGIN, "7000000016");
        alert.refused(ORIGIN, "7000000024");

        assertThat(episodes()).isEqualTo(2);
    }

    @Test
    void refusalAfterAMinuteWithoutAnyIsANewEpisode() {
        alert.refused(ORIGIN, "7000000016");
        pass(Duration.ofSeconds(59));
        alert.refused(ORIGIN, "7000000016");
        assertThat(episodes()).isEqualTo(1);

        pass(Duration.ofSeconds(61));
        alert.refused(ORIGIN, "7000000016");

        assertThat(episodes()).isEqualTo(2);
    }

    @Test
    void episodeThatGoesOnIsReportedAgainAfterAnHour() {
        for (int minutes = 0; minutes < 4 * 60; minutes++) {
            alert.refused(ORIGIN, "7000000016");
            pass(Duration.ofSeconds(30));
            alert.refused(ORIGIN, "7000000016");
            pass(Duration.ofSeconds(30));
        }

        assertThat(episodes()).isEqualTo(4);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private double episodes() {
        return meters.counter("connector.takeover.episodes").count();
    }
}
