package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PurchaseTest {
    private final UUID id = UUID.randomUUID();

    static Stream<Named<Supplier<FakeCloud>>> transports() {
        return Stream.of(Named.of("TCP", FakeCloud::overTcp), Named.of("WebSocket", FakeCloud::overWebSocket));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void runsOnlyWhatWasGranted(Supplier<FakeCloud> transport) throws Exception {
        try (FakeCloud cloud = transport.get();
                VirtualDevice device =
                        Devices.at(cloud).extras(new Extras(25, 100)).build()) {
            device.start().toCompletableFuture().get(10, SECONDS);
            assertThat(cloud.types()).containsExactly("hello");

            cloud.offerPurchase(id, 1, 500);
            cloud.awaitFirst("transaction-claim");
            assertThat(device.shownPayments()).isEmpty();

            cloud.send("start-granted", id);
            JsonObject finished = cloud.awaitFirst("transaction-finished");

            assertThat(device.shownPayments())
                    .extracting(ShownPayment::transactionId)
                    .containsExactly(id);
            assertThat(cloud.types())
                    .containsExactly("hello", "transaction-claim", "transaction-progress", "transaction-finished");
            assertThat(finished.getString("transactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(finished.getString("result")).isEqualTo("OK");
            assertThat(finished.getLong("amountTotal")).isEqualTo(625);
            assertThat(finished.getString("cardPan")).isEqualTo("....0138");
            await().until(() ->
                    device.journal().find(id).orElseThrow() instanceof Finished entry && entry.acknowledged());
            await().until(() -> cloud.acknowledgements() == 2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, OK-ACCEPTED, OK",
        "551, OK-DECLINED, OK",
        "554, CANCELLED, CANCELLED",
        "555, FAILED, FAILED",
        "556, OK-UNAVAILABLE, OK",
        "577, OK-ACCEPTED, OK"
    })
    void amountDecidesTheEnding(long amount, String transactionResult, String result) throws Exception {
        try (FakeCloud cloud = FakeCloud.overTcp();
                VirtualDevice device = Devices.at(cloud).build()) {
            device.start().toCompletableFuture().get(10, SECONDS);
            cloud.offerPurchase(id, 1, amount);
            cloud.awaitFirst("transaction-claim");
            cloud.send("start-granted", id);

            JsonObject finished = cloud.awaitFirst("transaction-finished");

            assertThat(finished.getString("transactionResult")).isEqualTo(transactionResult);
            assertThat(finished.getString("result")).isEqualTo(result);
        }
    }
}
