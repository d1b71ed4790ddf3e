package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A register that pairs with another device and pays in the same instant, several at a time, with two replicas of each service. */
@Tag("slow")
@ExtendWith(OneStack.class)
class RePairingTest {
    private static final int REGISTERS = 5;
    private static final int PAIRINGS_OF_EACH = Integer.getInteger("repairing.count", 50) / REGISTERS;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NOT_PAIRED =
            "{\"error\":\"This register is not paired to a device, please pair it first.\"}";

    private final Shops shops;

    RePairingTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void saleRunsOnTheDeviceOfTheLastPairing() throws Exception {
        ExecutorService registers = Executors.newFixedThreadPool(REGISTERS);
        try {
            Callable<Void> work = () -> {
                pairsAndPays();
                return null;
            };
            List<Future<Void>> running = IntStream.range(0, REGISTERS)
                    .mapToObj(number -> registers.submit(work))
                    .toList();
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            registers.shutdownNow();
        }
    }

    private void pairsAndPays() throws Exception {
        VirtualRegister register = shops.register();
        try (Shop one = shops.unpaired(Transport.TCP, builder -> builder);
                Shop other = shops.unpaired(Transport.TCP, builder -> builder)) {
            for (int i = 0; i < PAIRINGS_OF_EACH; i++) {
                paysOn(register, i % 2 == 0 ? one : other, i % 2 == 0 ? other : one);
            }
        }
    }

    private static void paysOn(VirtualRegister register, Shop next, Shop previous) throws Exception {
        String code = next.pairingCode();
        Answer paired = pairsInTheEnd(register, code);
        Answer started = register.startPurchase(500);

        assertThat(paired.status()).as(paired.toString()).isEqualTo(200);
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        assertThat(started.data("DeviceID")).isEqualTo(next.device().id());
        UUID id = started.transactionId();
        Answer completed = PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
        assertThat(completed.data("TransactionResult")).as(completed.toString()).isEqualTo("OK-ACCEPTED");
        assertThat(next.ran()).contains(id);
        assertThat(previous.ran()).doesNotContain(id);
    }

    /** On a busy machine the confirmation may take longer than the two seconds after which the answer is 503, to be asked for again. */
    private static Answer pairsInTheEnd(VirtualRegister register, String code) {
        return await().atMost(TIMEOUT).until(() -> register.pair(code), answer -> answer.status() != 503);
    }

    @Test
    void registerWhoseDeviceAnotherRegisterHasTakenIsNotPairedAtOnce() throws Exception {
        VirtualRegister other = shops.register();
        try (Shop shop = shops.paired(Transport.TCP)) {
            Answer taken = other.pair(shop.pairingCode());
            Answer refused = shop.register().startPurchase(500);

            assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).isEqualTo(NOT_PAIRED);
        }
    }
}
