package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.DEADLINE;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import org.junit.jupiter.api.Order;

/** Section 4: polling tokens expire. */
@Conformance
@Order(1)
class TokenLifeConformanceTest {
    private static final Duration BEARABLE = Duration.ofMinutes(3);

    private final TargetSystem cloud;

    TokenLifeConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.TOKEN_EXPIRED)
    void tokenExpires() throws Exception {
        if (cloud.tokenLifetime().compareTo(BEARABLE) > 0) {
            cloud.requireSlowRows("takes " + cloud.tokenLifetime().toMinutes() + " minutes");
        }
        VirtualRegister register;
        Answer started;
        long began = System.nanoTime();
        try (Shop shop = cloud.paired()) {
            register = shop.register();
            PolledTransaction payment = PolledTransaction.start(register, 500);
            started = payment.started();
            payment.awaitCompleted(TIMEOUT);
        }

        Answer expired = await().pollInterval(Duration.ofSeconds(1))
                .atMost(cloud.tokenLifetime().plus(DEADLINE))
                .until(() -> register.poll(started), answer -> answer.status() != 200);

        assertRefused(expired, 401, "Token expired");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(cloud.tokenLifetime());
    }
}
