package dev.terminalcloud.connector.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.pipeline.PreConnectCloseReason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PreConnectCloseAlertTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @Test
    void floodIsLoggedOnceAMinute() {
        PreConnectCloseAlert alert = new PreConnectCloseAlert();
        long now = System.nanoTime();

        assertThat(alert.closed(PreConnectCloseReason.TOO_MANY_BYTES, "from x", now))
                .isTrue();
        assertThat(alert.closed(PreConnectCloseReason.TOO_MANY_BYTES, "from x", now + MINUTE - 1))
                .isFalse();
        assertThat(alert.closed(PreConnectCloseReason.TOO_MANY_UNACCEPTED, "from x", now + MINUTE))
                .isTrue();
    }
}
