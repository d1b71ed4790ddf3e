package dev.terminalcloud.pairing.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registers that move between businesses, counted, logged and listed. */
@QuarkusTest
class FlappingRegisterAlertTest {
    @Inject
    FlappingRegisterAlert alert;

    @Inject
    Scheduler scheduler;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    /** Only the test checks: the scheduled check might log a register first. */
    @BeforeEach
    void pauseAndForgetMoves() {
        scheduler.pause(FlappingRegisterAlert.JOB);
        database.update("update pairing_history set moved = false");
    }

    @AfterEach
    void forgetMovesAndResume() {
        database.update("update pairing_history set moved = false");
        scheduler.resume(FlappingRegisterAlert.JOB);
    }

    @Test
    void twoMovesADayAreAllowed() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery");

        assertThat(check()).isEmpty();
        assertThat(flapping()).isZero();
        assertThat(listed()).isEmpty();
    }

    @Test
    void pairingsOfOneBusinessAreNotMoves() {
        pairWith(world.register(), "Bakery", "Bakery", "Bakery", "Bakery", "Bakery");

        assertThat(check()).isEmpty();
        assertThat(flapping()).isZero();
    }

    @Test
    void registersOfTwoVendorsWithOneIdDoNotMove() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery");
        pairWith(register.with("POSVendorName", "Other"), "Florist", "Bakery", "Florist");

        assertThat(check()).isEmpty();
    }

    @Test
    void thirdMoveIsCountedLoggedOnceAndListed() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery", "Florist");

        assertThat(check()).containsExactly(register.id());
        assertThat(check()).as("logged already").isEmpty();
        assertThat(flapping()).isEqualTo(1);
        JsonObject listed = listed().get(0);
        assertThat(Instant.parse((String) listed.remove("lastMovedAt")))
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(10)),
                        Instant.now().plus(Duration.ofMinutes(10)));
        assertThat(listed)
                .isEqualTo(new JsonObject()
                        .put("vendorName", register.vendor())
                        .put("registerId", register.id())
                        .put("moves", 3)
                        .put("businessNames", new JsonArray().add("Bakery").add("Florist")));
    }

    @Test
    void eachFurtherMoveIsLoggedAgain() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery", "Florist");
        check();

        pairWith(register, "Bakery");

        assertThat(check()).containsExactly(register.id());
        assertThat(flapping()).isEqualTo(1);
    }

    @Test
    void moveIsForgottenAfterADay() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery", "Florist");
        database.update(
                "update pairing_history set started_at = now() - interval '24 hours 1 second'"
                        + " where id = (select min(id) from pairing_history where register_id = ? and moved)",
                register.id());

        assertThat(check()).isEmpty();
        assertThat(flapping()).isZero();
    }

    /** The register is unpaired in between, and the businesses use one device in turn. */
    @Test
    void moveAfterAnUnpairingCounts() {
        FakeRegister register = world.register();
        FakeDevice device = world.device().hello();
        for (String business : List.of("Bakery", "Florist", "Bakery", "Florist")) {
            assertThat(register.with("POSBusinessName", business)
                            .pair(device.freshCode())
                            .statusCode())
                    .isEqualTo(200);
            world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing", null);
        }

        assertThat(check()).containsExactly(register.id());
    }

    @Test
    void onlyOneOfManyConcurrentChecksLogsIt() {
        FakeRegister register = world.register();
        pairWith(register, "Bakery", "Florist", "Bakery", "Florist");

        List<CompletableFuture<List<String>>> checks = IntStream.range(0, 8)
                .mapToObj(i -> alert.check().subscribeAsCompletionStage())
                .toList();

        assertThat(checks.stream().map(CompletableFuture::join).flatMap(List::stream))
                .containsExactly(register.id());
    }

    /** Pairs the register with a new device for each of the businesses. */
    private void pairWith(FakeRegister register, String... businesses) {
        Stream.of(businesses)
                .map(business -> register.with("POSBusinessName", business)
                        .pair(world.device().hello().freshCode()))
                .forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    private List<String> check() {
        return alert.check().await().atMost(Duration.ofSeconds(60));
    }

    private double flapping() {
        return metrics.get("pairing.flapping.registers").gauge().value();
    }

    private List<JsonObject> listed() {
        return new JsonObject(
                        world.ask("GET", "/admin/registers/flapping", null).body())
                .getJsonArray("registers").stream().map(JsonObject.class::cast).toList();
    }
}
