package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.PairingConfiguration;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The brake on guessing from any number of addresses, with the default values. */
@QuarkusTest
@TestProfile(WrongCodeBrakeTest.Defaults.class)
class WrongCodeBrakeTest {
    private static final String WRONG = "00000000";
    private static final double CODES = 100_000_000;
    private static final PairingConfiguration.WrongCodes LIMITS =
            Configurations.of(Map.of()).wrongCodes();

    /** The values that the other tests of this module raise. */
    public static final class Defaults implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pairing.wrong-codes.alert-threshold-per-minute",
                            Integer.toString(LIMITS.alertThresholdPerMinute()),
                    "pairing.wrong-codes.max-guess-weight-per-day", Long.toString(LIMITS.maxGuessWeightPerDay()));
        }
    }

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    WrongCodeBrake brake;

    private final ExecutorService threads = Executors.newFixedThreadPool(20);

    @BeforeEach
    @AfterEach
    void restore() {
        database.update("delete from wrong_code");
        database.update("delete from unknown_guess");
        database.update("delete from known_address");
        database.update("update pairing_code set expires_at = now() where expires_at > now()");
        check();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void unknownAddressesAreRejectedAboveTheRateOfTheAlert() {
        earlierWrongCodes(LIMITS.alertThresholdPerMinute());
        assertThat(guess().statusCode()).isEqualTo(400);

        HttpResponse<String> rejected = guess();

        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.body()).isEqualTo("{\"error\":\"Too many wrong pairing codes. Try again later\"}");
        assertThat(rejected.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
    }

    @Test
    void knownAddressIsLetThrough() {
        FakeRegister register = world.register();
        register.pair(world.device().hello().freshCode());
        earlierWrongCodes(LIMITS.alertThresholdPerMinute() + 1);

        assertThat(guess().statusCode()).isEqualTo(429);
        assertThat(register.pair(WRONG).statusCode()).isEqualTo(400);
        assertThat(register.pair(world.device().hello().freshCode()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void addressWhosePairingIsThirtyDaysAgoIsUnknown() {
        FakeRegister register = world.register();
        register.pair(world.device().hello().freshCode());
        database.update(
                "update known_address set paired_at = paired_at - interval '30 days' where address = ?",
                register.address());
        earlierWrongCodes(LIMITS.alertThresholdPerMinute() + 1);

        assertThat(register.pair(WRONG).statusCode()).isEqualTo(429);
    }

    @Test
    void brakeOpensWhenTheMinuteIsOver() {
        earlierWrongCodes(LIMITS.alertThresholdPerMinute() + 1);
        assertThat(guess().statusCode()).isEqualTo(429);

        database.update("update wrong_code set attempted_at = attempted_at - interval '1 minute'");
        check();

        assertThat(guess().statusCode()).isEqualTo(400);
    }

    /** The row of wrong-codes.md: at most one hit in 10,000 days of attack, whatever the number of addresses. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000})
    void dayOfGuessesHitsALiveCodeWithAChanceOfOneInTenThousand(int liveCodes) {
        int expected = Math.toIntExact(LIMITS.maxGuessWeightPerDay() / liveCodes);
        earlierGuesses(expected - 1, liveCodes);
        check();
        assertThat(guess().statusCode()).isEqualTo(400);
        setWeightOfNewest(liveCodes);
        check();

        HttpResponse<String> rejected = guess();

        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 86_400L);
        long guesses = database.count("select count(*) from unknown_guess");
        assertThat(guesses).isEqualTo(expected);
        assertThat(1 - Math.pow(1 - liveCodes / CODES, expected))
                .isEqualTo(1e-4, within(1e-8))
                .isLessThanOrEqualTo(1e-4);
    }

    @Test
    void guessesCountForADay() {
        earlierGuesses(100, 100);
        check();
        assertThat(guess().statusCode()).isEqualTo(429);

        database.update("update unknown_guess set attempted_at = attempted_at - interval '23 hours'");
        check();

        assertThat(guess().statusCode()).isEqualTo(400);
    }

    @Test
    void eachGuessHasTheWeightOfTheCodesThatItCouldHit() {
        world.device().hello().freshCode();
        world.device().hello().freshCode();
        world.register().pair(world.device().hello().freshCode());

        guess();

        assertThat(database.query("select live_codes from unknown_guess")).containsExactly(2L);
    }

    @Test
    void guessesOfKnownAddressesHaveNoWeight() {
        FakeRegister register = world.register();
        register.pair(world.device().hello().freshCode());

        register.pair(WRONG);

        assertThat(database.count("select count(*) from unknown_guess")).isZero();
    }

    @Test
    void concurrentGuessesAreLimitedExactly() {
        earlierGuesses(99, 100);
        earlierGuesses(96, 1);
        check();

        List<Integer> statuses = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> guess().statusCode(), threads))
                .limit(40)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnly(400, 429);
        assertThat(statuses)
                .as("those left in the budget")
                .filteredOn(status -> status == 400)
                .hasSize(4);
    }

    private HttpResponse<String> guess() {
        return world.register().pair(WRONG);
    }

    /** Asks the database again, as the schedule does. */
    private void check() {
        brake.check().await().indefinitely();
    }

    private void earlierWrongCodes(int count) {
        database.update(
                """
                insert into wrong_code (address, vendor_name, register_id, attempted_at, replenished_at)
                select '192.0.2.' || n, 'vendor', 'register', now() - interval '1 second', now() + interval '1 minute'
                from generate_series(1, ?) n
                """,
                count);
    }

    /** Adds guesses of the last hours, each of which could have hit this number of codes. */
    private void earlierGuesses(int count, int liveCodes) {
        database.update(
                """
                insert into unknown_guess (attempted_at, live_codes)
                select now() - interval '2 hours' - make_interval(secs => n), ? from generate_series(1, ?) n
                """,
                liveCodes,
                count);
    }

    private void setWeightOfNewest(int liveCodes) {
        database.update(
                "update unknown_guess set live_codes = ? where id = (select max(id) from unknown_guess)", liveCodes);
    }
}
