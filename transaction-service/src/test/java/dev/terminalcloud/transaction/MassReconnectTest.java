package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Devices that reconnect together, as after an outage. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class MassReconnectTest {
    private static final int DEVICES = 12;

    @Inject
    TestFixtures shop;

    /** A register that waits for its device. */
    private record HeldStart(FakeDevice device, Answer started) {}

    @Test
    void queuedTransactionIsOfferedOnTheFinalSession() {
        List<HeldStart> waiting =
                Stream.generate(this::startsWithoutASession).limit(DEVICES).toList();

        shop.whileReadsAreBlocked("device_route", () -> {
            waiting.forEach(each -> each.device().connected());
            waiting.forEach(each -> each.device().disconnected());
            waiting.forEach(each -> each.device().connected());
            return null;
        });

        for (HeldStart each : waiting) {
            each.device().awaitCommand(OfferTransaction.class, offer -> isOnCurrentSession(offer, each));
            assertThat(each.device().commands(OfferTransaction.class, offer -> isOnCurrentSession(offer, each)))
                    .hasSize(1);
        }
    }

    private HeldStart startsWithoutASession() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        return new HeldStart(device, register.pays(500));
    }

    private static boolean isOnCurrentSession(OfferTransaction offer, HeldStart waiting) {
        return offer.sessionId().equals(waiting.device().session())
                && offer.transactionId().equals(waiting.started().transactionId());
    }
}
