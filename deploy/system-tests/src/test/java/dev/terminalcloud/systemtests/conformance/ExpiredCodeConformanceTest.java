package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_CODE;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.Received;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.ShowPairingCode;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Order;

/** Section 2: the validity of a code, two minutes. */
@Conformance
@Order(1)
class ExpiredCodeConformanceTest {
    private static final int SECONDS_VALID = 120;

    private final TargetSystem cloud;
    private final Collection<Activity> activities = new ConcurrentLinkedQueue<>();

    ExpiredCodeConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.EXPIRED_CODE)
    void codeIsGoodForTwoMinutes() throws Exception {
        try (Shop shop = cloud.unpaired(builder -> builder.watcher(activities::add))) {
            String code = shop.pairingCode();
            assertThat(activities)
                    .filteredOn(activity -> activity instanceof Received received
                            && received.message() instanceof ShowPairingCode shown
                            && shown.expiresInSeconds() == SECONDS_VALID)
                    .hasSize(1);

            await().atMost(Duration.ofSeconds(SECONDS_VALID + 20))
                    .until(() -> shop.device().shownPairingCode().isEmpty());

            assertRefused(shop.register().pair(code), 400, INVALID_CODE);
        }
    }
}
