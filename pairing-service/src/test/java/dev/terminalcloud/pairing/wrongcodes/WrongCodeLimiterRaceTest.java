package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Wrong codes that are sent at the same time: the limits are exact. */
@QuarkusTest
class WrongCodeLimiterRaceTest {
    private static final String WRONG = "00000000";

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    private final ExecutorService threads = Executors.newFixedThreadPool(40);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @RepeatedTest(3)
    void concurrentCodesOfARegisterAreLimitedToFive() {
        FakeRegister register = world.register();

        List<Integer> statuses = atOnce(60, () -> register.pair(WRONG).statusCode());

        assertThat(statuses).containsOnly(400, 429);
        assertThat(statuses).filteredOn(status -> status == 400).hasSize(5);
        assertThat(counted(register.address())).isEqualTo(5);
    }

    @RepeatedTest(3)
    void concurrentCodesOfAnAddressAreLimitedToThirty() {
        String address = world.address();

        List<Integer> statuses =
                atOnce(120, () -> world.register().from(address).pair(WRONG).statusCode());

        assertThat(statuses).containsOnly(400, 429);
        assertThat(statuses).filteredOn(status -> status == 400).hasSize(30);
        assertThat(counted(address)).isEqualTo(30);
    }

    private long counted(String address) {
        return database.count("select count(*) from wrong_code where address = ?", address);
    }

    private List<Integer> atOnce(int times, Supplier<Integer> request) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(request, threads)).limit(times).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
